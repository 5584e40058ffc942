// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/labels.h"

#include "ui/theme/appearance.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

namespace reslens {
namespace {

/// Takes its colour from the surrounding palette at each change of it.
class QuietLabel : public QLabel
{
public:
    explicit QuietLabel(const QString &text) : QLabel(text) { recolour(); }

protected:
    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
            recolour();
    }

private:
    void recolour()
    {
        const QPalette around = parentWidget() ? parentWidget()->palette() : QPalette();
        QPalette own = palette();
        if (own.color(QPalette::WindowText) == quietText(around))
            return;
        own.setColor(QPalette::WindowText, quietText(around));
        setPalette(own);
    }
};

/// Keeps its proportion to the type around it, also when that changes.
class HeadingLabel : public QLabel
{
public:
    explicit HeadingLabel(const QString &text) : QLabel(text) { resizeType(); }

protected:
    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() != QEvent::ParentChange || !parentWidget())
            return;
        parentWidget()->installEventFilter(this);
        resizeType();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == parentWidget() && event->type() == QEvent::FontChange)
            resizeType();
        return QLabel::eventFilter(watched, event);
    }

private:
    void resizeType()
    {
        const QFont around = parentWidget() ? parentWidget()->font() : QFont();
        QFont own = font();
        own.setPointSizeF(around.pointSizeF() * 1.2);
        own.setWeight(QFont::DemiBold);
        setFont(own);
    }
};

/// Keeps Ctrl+C from the window as long as text of a label is selected.
class CopyKey : public QObject
{
public:
    explicit CopyKey(QLabel *label) : QObject(label), m_label(label) { label->installEventFilter(this); }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        const bool copies = event->type() == QEvent::ShortcutOverride && m_label->hasSelectedText() &&
                            static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy);
        if (copies)
            event->accept();
        return copies;
    }

private:
    QLabel *m_label;
};

} // namespace

QLabel *quietLabel(const QString &text)
{
    return new QuietLabel(text);
}

QLabel *headingLabel(const QString &text)
{
    return new HeadingLabel(text);
}

void makeSelectable(QLabel *label)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    new CopyKey(label);
}

} // namespace reslens
