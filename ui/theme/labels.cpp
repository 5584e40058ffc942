// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/labels.h"

#include "ui/theme/appearance.h"

#include <QEvent>
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

} // namespace

QLabel *quietLabel(const QString &text)
{
    return new QuietLabel(text);
}

QLabel *headingLabel(const QString &text)
{
    auto *label = new QLabel(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

} // namespace reslens
