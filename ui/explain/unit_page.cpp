// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explain/unit_page.h"

#include "ui/base/format.h"
#include "ui/explain/account.h"
#include "ui/explain/patch_view.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/quiet_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace reslens {
namespace {

constexpr int LeastProducts = 5;

/// "row 3", "rows 3 to 5"
QString span(const QString &one, const QString &several, int first, int count)
{
    const QString from = formatFixed(first, 0);
    return count == 1 ? one.arg(from) : several.arg(from, formatFixed(first + count - 1, 0));
}

} // namespace

UnitPage::UnitPage(UnitExplainer &explainer, QWidget *parent)
    : QWidget(parent), m_explainer(explainer), m_sum(new QLabel), m_folding(quietLabel()),
      m_input(quietLabel()), m_patches(new PatchView), m_account(new AccountModel(this)),
      m_table(quietTable(m_account, tr("Products of the sum, the largest first")))
{
    m_table->setFocusPolicy(Qt::TabFocus);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    // The longest heading.
    m_table->horizontalHeader()->setSectionResizeMode(AccountModel::Sum, QHeaderView::ResizeToContents);
    setLineHeight();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("How this number came to be"));
    new FocusRing(this);
    for (QLabel *label : {m_sum, m_folding, m_input}) {
        label->setWordWrap(true);
        makeSelectable(label);
    }
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_sum);
    layout->addWidget(m_folding);
    layout->addWidget(m_input);
    layout->addWidget(m_patches);
    layout->addWidget(m_table, 1);
    // What is left where there is no table.
    layout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    for (QWidget *widget : {scroll->viewport(), content})
        widget->setAutoFillBackground(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    m_table->viewport()->installEventFilter(this);
    connect(&explainer, &UnitExplainer::changed, this, &UnitPage::refresh);
    refresh();
}

void UnitPage::fillTable()
{
    const UnitStoryPtr story = m_explainer.story();
    m_account->setStory(story && !story->isPooling() ? story : nullptr, m_most);
    m_table->clearSpans();
    for (int row = 0; row < m_account->rowCount(); ++row)
        if (!m_account->line(row).term)
            m_table->setSpan(row, 0, 1, AccountModel::Product);
}

bool UnitPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        const int lines = m_table->viewport()->height() / m_table->verticalHeader()->defaultSectionSize();
        const int most = std::max(LeastProducts, lines - AccountModel::OtherLines);
        if (most != std::exchange(m_most, most))
            fillTable();
    }
    return QWidget::eventFilter(watched, event);
}

void UnitPage::refresh()
{
    const UnitStoryPtr story = m_explainer.story();
    m_patches->setStory(story);
    fillTable();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_folding, m_input, m_patches})
        widget->setVisible(story != nullptr);
    m_table->setVisible(m_account->rowCount() > 0);
    if (!story) {
        m_sum->setText(m_explainer.obstacle());
        return;
    }
    m_sum->setText(QStringLiteral("<b>%1</b>").arg(sumInWords(*story).toHtmlEscaped()));
    m_folding->setText(foldingInWords(*story));
    const auto source = std::size_t(story->node().inputs.front());
    const Region &window = story->window;
    const Node &asked = story->model().description.nodes[std::size_t(story->question.node)];
    const QString stacked = asked.operation == Operation::Concatenation
                                ? tr("The branches' maps are stacked here; this one is of %1. ")
                                      .arg(QString::fromStdString(story->node().address()))
                                : QString();
    m_input->setText(stacked +
                     tr("What it looked at: %1, %2, in %3 and %4.")
                         .arg(QString::fromStdString(story->model().description.nodes[source].address()),
                              formatShape(story->model().shapes[source]),
                              span(tr("row %1"), tr("rows %1 to %2"), window.top, window.height()),
                              span(tr("column %1"), tr("columns %1 to %2"), window.left, window.width())));
    m_table->scrollToTop();
}

void UnitPage::setLineHeight()
{
    const int line = fontMetrics().height() + Grid / 2;
    m_table->verticalHeader()->setDefaultSectionSize(line);
    // The page scrolls rather than the table, and the window is not held open.
    m_table->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() +
                              (LeastProducts + AccountModel::OtherLines) * line);
}

void UnitPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setLineHeight();
}

void UnitPage::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_PageUp:
        return emit stepRequested(-1);
    case Qt::Key_PageDown:
        return emit stepRequested(1);
    case Qt::Key_Left:
        return emit moveRequested(-1, 0);
    case Qt::Key_Right:
        return emit moveRequested(1, 0);
    case Qt::Key_Up:
        if (!(event->modifiers() & Qt::AltModifier))
            return emit moveRequested(0, -1);
        break;
    case Qt::Key_Down:
        if (!(event->modifiers() & Qt::AltModifier))
            return emit moveRequested(0, 1);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace reslens
