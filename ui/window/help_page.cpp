// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_page.h"

#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/line_tabs.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace reslens {
namespace {

struct Line
{
    const char *left;
    const char *right;
};

constexpr Line Sights[]{
    {QT_TRANSLATE_NOOP("HelpPage", "Picture"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "Yours. N shows the small square that the network really got. With a centre crop, "
                       "what it never saw is darkened.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Top 5"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "The most probable classes among those that the model knows. It always answers, also "
                       "about things it has never seen.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Saliency"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "Click a class to see what in the picture speaks for it (red) and against it (blue). "
                       "The bars show what each block adds; click one for its own map. Type any class, and a "
                       "second one to see why the first and not that.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Lesions"),
     QT_TRANSLATE_NOOP(
         "HelpPage", "Click a bar to switch a residual block off, drag it to scale it, click a stage's name "
                     "for all its blocks; the top 5 follow. Below: how the classes grow over the last "
                     "blocks, and what the logit loses without each block.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Trust"),
     QT_TRANSLATE_NOOP(
         "HelpPage",
         "Whether the map over the picture shows what the class rests on, and the network "
         "rather than the picture alone: six questions, and how many are answered in its favour. Their "
         "tooltips say what counts as such an answer.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Strip"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "Every block of Inception-ResNet-v2 (Szegedy et al. 2016), in order. A tile is the "
                       "mean over the block's channels; its darkest place is its least value, its brightest "
                       "its greatest, so compare shapes, not brightness. The bar below a residual block is "
                       "how much it changes what passes through it, ‖s·F(x)‖ / ‖x‖.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Block"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "What the selected block is made of; click an operation for its feature maps. Kernel, "
                       "channels, stride and padding are written on it. The figures are over all values of "
                       "the block's output.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Feature maps"),
     QT_TRANSLATE_NOOP(
         "HelpPage", "Enter, or a double click, opens a block and then one of its channels. The pixels that "
                     "the unit under the pointer can see are framed on the picture. A double click on a "
                     "cell shows how its number came to be.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Compare"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "The same channel for two pictures, or in two models, with one scale, and the "
                       "difference: red where A is greater, blue where B is.")},
    {QT_TRANSLATE_NOOP("HelpPage", "Model"),
     QT_TRANSLATE_NOOP("HelpPage",
                       "Any Inception-ResNet-v2 that Keras saved (.h5, .keras), your own too: drop it on the "
                       "window.")}};

constexpr Line Keys[]{
    {"Ctrl+O", QT_TRANSLATE_NOOP("HelpPage", "Open pictures")},
    {"Ctrl+V", QT_TRANSLATE_NOOP("HelpPage", "Paste a picture, files or a path")},
    {"Ctrl+C", QT_TRANSLATE_NOOP("HelpPage", "Copy the top 5 as text")},
    {"Ctrl+Shift+C", QT_TRANSLATE_NOOP("HelpPage", "Copy the picture as it is shown")},
    {"← →", QT_TRANSLATE_NOOP("HelpPage", "Previous, next picture; in a field or a chart with Alt")},
    {"↑ ↓", QT_TRANSLATE_NOOP("HelpPage", "Previous, next block; a map of one block follows")},
    {"Enter", QT_TRANSLATE_NOOP("HelpPage", "Open the block, the channel, the number")},
    {"Backspace", QT_TRANSLATE_NOOP("HelpPage", "Back, step by step to the network")},
    {"Ctrl+S", QT_TRANSLATE_NOOP("HelpPage", "Save the map over the picture, or channels of the open block")},
    {"Page Up, Down", QT_TRANSLATE_NOOP("HelpPage", "Previous, next channel; else block, or part of a page")},
    {"Alt+1 to 5", QT_TRANSLATE_NOOP("HelpPage", "Network, Compare, Lesions, Trust, Model")},
    {"Menu key",
     QT_TRANSLATE_NOOP("HelpPage",
                       "As the right button: what can be copied and saved; of a chart its numbers, too")},
    {"N", QT_TRANSLATE_NOOP("HelpPage", "What the network got, or the picture")},
    {"Space", QT_TRANSLATE_NOOP("HelpPage", "Hold to see the bare picture")},
    {"Ctrl+0, 1", QT_TRANSLATE_NOOP("HelpPage", "Fit into the view, one pixel a pixel")},
    {"+ −", QT_TRANSLATE_NOOP("HelpPage", "Zoom (also the wheel); drag to move")},
    {"S", QT_TRANSLATE_NOOP("HelpPage", "What speaks for and against a class, or no map")},
    {"Ctrl+R", QT_TRANSLATE_NOOP("HelpPage", "Run again")},
    {"F5", QT_TRANSLATE_NOOP("HelpPage", "Presentation: large type on the full screen; Esc leaves it")},
    {"Esc",
     QT_TRANSLATE_NOOP("HelpPage", "Stop what is running; else one step back, or out of the full screen")},
    {"F11", QT_TRANSLATE_NOOP("HelpPage", "Full screen")},
    {"F1", QT_TRANSLATE_NOOP("HelpPage", "This page")}};

template <std::size_t Count>
QGridLayout *table(const Line (&lines)[Count])
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * Grid);
    grid->setVerticalSpacing(Grid);
    grid->setColumnMinimumWidth(0, 12 * Grid);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Line &line : lines) {
        auto *left = new QLabel(HelpPage::tr(line.left));
        auto *right = quietLabel(HelpPage::tr(line.right));
        right->setWordWrap(true);
        grid->addWidget(left, row, 0, Qt::AlignTop);
        grid->addWidget(right, row++, 1);
    }
    return grid;
}

/// What is wider or higher than the window is scrolled to.
QScrollArea *scrolled(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return scroll;
}

template <std::size_t Count>
QWidget *page(const Line (&lines)[Count])
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Inset, Grid, Inset, Grid);
    layout->addLayout(table(lines));
    layout->addStretch();
    return scrolled(content);
}

} // namespace

HelpPage::HelpPage(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Help"));
    auto *title = headingLabel(tr("See what Inception-ResNet-v2 sees"));
    auto *intro = new QLabel(
        tr("Drop a picture, several, a folder or a screenshot anywhere in the window. Everything is "
           "computed on this computer; nothing leaves it."));
    auto *about =
        quietLabel(tr("Reslens %1, free software under the GNU General Public License, version 3 or "
                      "later.")
                       .arg(QCoreApplication::applicationVersion()));
    for (QLabel *label : {title, intro, about}) {
        label->setWordWrap(true);
        label->setContentsMargins(Inset, 0, Inset, 0);
    }
    auto *tabs = new LineTabs;
    auto *pages = new QStackedWidget;
    tabs->setAccessibleName(tr("Parts of the help"));
    tabs->addTab(tr("Keys"));
    pages->addWidget(page(Keys));
    tabs->addTab(tr("What is where"));
    pages->addWidget(page(Sights));
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Grid, 3 * Grid, 2 * Grid, 2 * Grid);
    layout->setSpacing(Grid);
    layout->addWidget(title);
    layout->addWidget(intro);
    layout->addWidget(tabs);
    layout->addWidget(pages, 1);
    layout->addWidget(about);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 46);
}

} // namespace reslens
