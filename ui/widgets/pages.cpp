// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pages.h"

#include "ui/theme/appearance.h"
#include "ui/widgets/line_tabs.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace reslens {
namespace {

/// Scrolls a page that is higher than the window, rather than holding the window open.
class PageArea : public QScrollArea
{
public:
    explicit PageArea(QWidget *page)
    {
        setFocusPolicy(Qt::NoFocus);
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setWidget(page);
        for (QWidget *widget : {viewport(), page})
            widget->setAutoFillBackground(false);
    }

    QSize minimumSizeHint() const override { return {widget()->minimumSizeHint().width(), 30 * Grid}; }

protected:
    /// What the page leaves, such as arrows, is the window's.
    void keyPressEvent(QKeyEvent *event) override { event->ignore(); }
};

} // namespace

Pages::Pages(QWidget *parent) : QWidget(parent), m_tabs(new LineTabs), m_stack(new QStackedWidget)
{
    m_tabs->setAccessibleName(tr("Pages"));
    // One page alone needs no title.
    m_tabs->setAutoHide(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        const QWidget *focus = window()->focusWidget();
        const bool hadFocus = focus && m_stack->isAncestorOf(focus);
        m_stack->setCurrentIndex(index);
        // Not to its first control, which may have arrows of its own: they are the window's.
        if (const auto &first = m_first[std::size_t(index)]; hadFocus)
            (first ? first() : m_stack->currentWidget())->setFocus();
        emit turned(current());
    });
}

void Pages::add(QWidget *page, const QString &name, const QString &title, const QString &tip,
                const std::function<QWidget *()> &first)
{
    // Before the tab, whose arrival may already turn to the page.
    m_stack->addWidget(new PageArea(page));
    m_names << name;
    m_first.push_back(first);
    const int index = m_tabs->addTab(title);
    const QKeySequence keys(Qt::ALT | Qt::Key(Qt::Key_1 + index));
    m_tabs->setTabToolTip(index, QStringLiteral("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
    connect(new QShortcut(keys, this), &QShortcut::activated, this,
            [this, index] { m_tabs->setCurrentIndex(index); });
}

bool Pages::turnTo(const QString &name)
{
    const qsizetype index = m_names.indexOf(name);
    if (index >= 0)
        m_tabs->setCurrentIndex(int(index));
    return index >= 0;
}

bool Pages::scroll(int by)
{
    QScrollBar *bar = static_cast<PageArea *>(m_stack->currentWidget())->verticalScrollBar();
    bar->triggerAction(by < 0 ? QScrollBar::SliderPageStepSub : QScrollBar::SliderPageStepAdd);
    return bar->maximum() > bar->minimum();
}

QString Pages::current() const
{
    return m_names.value(m_stack->currentIndex());
}

} // namespace reslens
