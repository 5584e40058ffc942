// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/quiet_style.h"

#include "ui/theme/appearance.h"
#include "ui/theme/quiet_painter.h"
#include "ui/theme/tips.h"

#include <QApplication>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>
#include <algorithm>

namespace reslens {
namespace {

constexpr int ScrollBarWidth = Grid + 2;
constexpr int LeastScrollHandle = 4 * Grid;
constexpr int SliderHandle = 2 * Grid;
/// Between the edge of a button and what is in it; beside text it is wider than above.
constexpr int ButtonRoom = Grid / 2;
constexpr int TextRoom = ButtonRoom + 2;
/// Below the title of a group in a menu.
constexpr int SectionRoom = 2;
/// Fusion's.
constexpr int MenuMargin = 3;
constexpr int LeastMarks = 21;

/// The handle within the groove, as far along as the value within its range.
QRect scrollHandle(const QStyleOptionSlider &bar)
{
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const int length = horizontal ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    int handle = length;
    if (range > 0)
        handle = std::clamp(int(qint64(length) * bar.pageStep / (range + bar.pageStep)),
                            std::min(LeastScrollHandle, length), length);
    const int at = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                   length - handle, bar.upsideDown);
    return horizontal ? QRect(bar.rect.x() + at, bar.rect.y(), handle, bar.rect.height())
                      : QRect(bar.rect.x(), bar.rect.y() + at, bar.rect.width(), handle);
}

QRect scrollPart(const QStyleOptionSlider &bar, QStyle::SubControl part)
{
    const QRect handle = scrollHandle(bar);
    const bool horizontal = bar.orientation == Qt::Horizontal;
    QRect rect = bar.rect;
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return rect;
    case QStyle::SC_ScrollBarSlider:
        return handle;
    case QStyle::SC_ScrollBarSubPage:
        horizontal ? rect.setRight(handle.left() - 1) : rect.setBottom(handle.top() - 1);
        return rect;
    case QStyle::SC_ScrollBarAddPage:
        horizontal ? rect.setLeft(handle.right() + 1) : rect.setTop(handle.bottom() + 1);
        return rect;
    default:
        return {};
    }
}

/// What stands over a group of a menu's entries; null for everything else.
const QStyleOptionMenuItem *sectionOf(const QStyleOption *option)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    const bool isSection =
        item && item->menuItemType == QStyleOptionMenuItem::Separator && !item->text.isEmpty();
    return isSection ? item : nullptr;
}

/// In line with the text of the entries below, as Fusion places it: after a column for their marks.
QRect textRect(const QStyleOptionMenuItem &section)
{
    const int entry = section.fontMetrics.height() + 2 * MenuMargin;
    const int marks = std::max({int(entry * 0.79), section.maxIconWidth, LeastMarks});
    return section.rect.adjusted(marks + 2 * MenuMargin + 1, 0, 0, -SectionRoom);
}

/// A highlighted entry's icon has the colour of its text. Fusion paints it as any icon under the pointer,
/// which on a tool bar must stay as it is.
QStyleOptionMenuItem withLegibleIcon(QStyleOptionMenuItem item, const QPainter &painter, int side)
{
    if (item.state & QStyle::State_Selected && item.state & QStyle::State_Enabled)
        item.icon =
            item.icon.pixmap(QSize(side, side), painter.device()->devicePixelRatioF(), QIcon::Selected);
    return item;
}

} // namespace

QuietStyle::QuietStyle() : QProxyStyle(QStringLiteral("fusion")) {}

int QuietStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return ScrollBarWidth;
    case PM_ScrollBarSliderMin:
        return LeastScrollHandle;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SliderLength:
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return SliderHandle;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        // As large as the type beside it.
        return std::max(QProxyStyle::pixelMetric(metric, option, widget),
                        widget ? widget->fontMetrics().height() : 0);
    case PM_ToolTipLabelFrameWidth:
        return TextRoom;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int QuietStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *answer) const
{
    switch (hint) {
    case SH_UnderlineShortcut:
        // The keys are named in tooltips.
    case SH_DialogButtonBox_ButtonsHaveIcons:
        // They would be Qt's, in colours, beside buttons without.
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, answer);
    }
}

QRect QuietStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                 const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return visualRect(bar->direction, bar->rect, scrollPart(*bar, part));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize QuietStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                   const QWidget *widget) const
{
    if (type == CT_ToolButton) {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (!button || button->toolButtonStyle == Qt::ToolButtonIconOnly)
            return contents + 2 * QSize(ButtonRoom, ButtonRoom);
        // Qt asks for a space on both sides of the text, and puts the text to the left of both.
        const int spaces = 2 * button->fontMetrics.horizontalAdvance(u' ');
        return contents + 2 * QSize(TextRoom, ButtonRoom) - QSize(spaces, 0);
    }
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (const auto *item = sectionOf(type == CT_MenuItem ? option : nullptr))
        size.setHeight(item->fontMetrics.height() + Grid + SectionRoom);
    if (type == CT_PushButton)
        return size.expandedTo(contents + QSize(4 * Grid, 2 * TextRoom));
    return size;
}

void QuietStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    QuietPainter quiet(*painter, *option);
    switch (element) {
    case PE_FrameFocusRect:
        // Whoever uses the mouse knows where they are.
        if (option->state & State_KeyboardFocusChange)
            quiet.focus(qobject_cast<const QToolButton *>(widget) ? widget->rect() : option->rect);
        return;
    case PE_PanelButtonTool:
        return quiet.toolButton();
    case PE_PanelButtonCommand:
        return quiet.field(QPalette::Button);
    case PE_PanelLineEdit:
        // Within a spin box the frame is the box's.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            quiet.field(QPalette::Base);
        return;
    case PE_PanelTipLabel:
        return quiet.tip();
    case PE_IndicatorCheckBox:
        return quiet.checkBox();
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void QuietStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    QuietPainter quiet(*painter, *option);
    switch (element) {
    case CE_ToolBar:
        return quiet.toolBar();
    case CE_Splitter:
        return quiet.splitter();
    case CE_ProgressBarGroove:
        return quiet.track(option->rect);
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            quiet.progress(*bar);
        return;
    case CE_MenuItem:
        if (const auto *title = sectionOf(option))
            return quiet.section(title->text, textRect(*title));
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            const int side = proxy()->pixelMetric(PM_SmallIconSize, option, widget);
            const QStyleOptionMenuItem legible = withLegibleIcon(*item, *painter, side);
            return QProxyStyle::drawControl(element, &legible, painter, widget);
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void QuietStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    QuietPainter quiet(*painter, *option);
    const auto part = [&](SubControl which) {
        return proxy()->subControlRect(control, option, which, widget);
    };
    switch (control) {
    case CC_ScrollBar:
        return quiet.scrollHandle(part(SC_ScrollBarSlider));
    case CC_Slider:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            quiet.slider(*slider, part(SC_SliderGroove), part(SC_SliderHandle));
        return;
    case CC_ComboBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            box && !box->editable && box->frame) {
            quiet.field(QPalette::Button);
            return quiet.chevron(part(SC_ComboBoxArrow), false);
        }
        break;
    case CC_SpinBox:
        quiet.field(QPalette::Base);
        quiet.chevron(part(SC_SpinBoxUp), true);
        return quiet.chevron(part(SC_SpinBoxDown), false);
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void applyStyle()
{
    qApp->installEventFilter(new TipWrapper(qApp));
    if (QApplication::style()->name() == QLatin1String("fusion"))
        QApplication::setStyle(new QuietStyle);
}

} // namespace reslens
