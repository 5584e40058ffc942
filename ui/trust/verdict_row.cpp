// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/verdict_row.h"

#include "ui/theme/appearance.h"
#include "ui/theme/ink.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>

namespace reslens {
namespace {

QChar signOf(const std::optional<Holds> &holds)
{
    if (!holds)
        return u'–';
    return *holds == Holds::Yes ? u'✓' : *holds == Holds::InPart ? u'~' : u'✕';
}

QString wordOf(const std::optional<Holds> &holds)
{
    if (!holds)
        return VerdictChip::tr("not known");
    return *holds == Holds::Yes      ? VerdictChip::tr("holds")
           : *holds == Holds::InPart ? VerdictChip::tr("holds in part")
                                     : VerdictChip::tr("does not hold");
}

/// Of the chip's ground and of the text on it.
std::pair<QColor, QColor> coloursOf(const std::optional<Holds> &holds, const QPalette &palette)
{
    if (!holds)
        return {faint(palette, 0.07), quietText(palette)};
    const QColor colour = *holds == Holds::Yes      ? QColor(0x2e, 0x9e, 0x55)
                          : *holds == Holds::InPart ? QColor(0xd9, 0x92, 0x1b)
                                                    : QColor(0xd6, 0x45, 0x45);
    return {blend(palette.color(QPalette::Window), colour, 0.18), colour};
}

} // namespace

VerdictRow::VerdictRow(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    const std::array<Check, CheckCount> all = checks();
    for (std::size_t i = 0; i < all.size(); ++i)
        m_chips[i] = new VerdictChip(all[i]);
    // What is left of a line stays empty.
    layout->setColumnStretch(CheckCount, 1);
    arrange();
}

void VerdictRow::setVerdicts(const Verdicts &verdicts)
{
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        m_chips[i]->setVerdict(verdicts[i]);
}

void VerdictRow::arrange()
{
    int needed = (CheckCount - 1) * Grid;
    for (const VerdictChip *chip : m_chips)
        needed += chip->sizeHint().width();
    const int columns = width() >= needed ? CheckCount : CheckCount / 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    auto *grid = static_cast<QGridLayout *>(layout());
    for (int i = 0; i < CheckCount; ++i)
        grid->addWidget(m_chips[std::size_t(i)], i / columns, i % columns, Qt::AlignLeft);
}

void VerdictRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void VerdictRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

VerdictChip::VerdictChip(const Check &check) : m_check(check)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVerdict({});
}

void VerdictChip::setVerdict(const Verdict &verdict)
{
    m_holds = verdict.holds;
    setAccessibleName(QStringLiteral("%1 %2").arg(m_check.question, wordOf(m_holds)));
    setToolTip(m_check.question + QStringLiteral("\n") +
               (verdict.sentence.isEmpty() ? m_check.course : verdict.sentence));
    update();
}

QString VerdictChip::text() const
{
    return signOf(m_holds) + QStringLiteral(" ") + m_check.name;
}

QSize VerdictChip::sizeHint() const
{
    // The widest sign, so that chips stay where they are.
    const QString widest = QStringLiteral("✕ ") + m_check.name;
    return {fontMetrics().horizontalAdvance(widest) + 2 * Grid, fontMetrics().height() + Grid / 2};
}

void VerdictChip::paintEvent(QPaintEvent *)
{
    const auto [ground, colour] = coloursOf(m_holds, palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.setPen(readableOn(ground, colour));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

void VerdictChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace reslens
