// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/block_inspector.h"

#include "engine/report.h"
#include "ui/format.h"
#include "ui/network/block_diagram.h"
#include "ui/network/block_types.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/map_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace reslens {

BlockInspector::BlockInspector(QWidget *parent)
    : QWidget(parent), m_diagram(new BlockDiagram), m_words(new QWidget), m_name(headingLabel()),
      m_purpose(quietLabel()), m_figures(new QLabel), m_map(new MapView)
{
    for (QLabel *label : {m_purpose, m_figures}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop);
    }
    m_figures->setToolTip(
        tr("<p><b>GFLOP</b>: thousand millions of floating-point operations for one picture, 2 for each "
           "multiplication with its addition.</p>"
           "<p><b>‖s·F‖ / ‖x‖</b>: how much a residual block changes what passes through it, the mean over "
           "all positions (Greff et al. 2017).</p>"
           "<p><b>zeros</b>: share of the output's values that are exactly 0, mostly what the ReLU has cut "
           "off. Mean, deviation, least and greatest are over all values of the output.</p>"));

    auto *words = new QVBoxLayout(m_words);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(Grid);
    words->addWidget(m_name);
    words->addWidget(m_purpose);
    words->addWidget(m_figures);
    words->addWidget(m_map, 1);
    words->addStretch();

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3 * Grid);
    layout->addWidget(m_diagram, 5);
    layout->addWidget(m_words, 3);
    connect(m_map, &MapView::pointed, this, &BlockInspector::pointed);
    connect(m_diagram, &BlockDiagram::pointed, this, &BlockInspector::pointed);
    connect(m_diagram, &BlockDiagram::opened, this, &BlockInspector::opened);
    clear();
}

void BlockInspector::showBlock(const BlockModel &blocks, int row)
{
    const ModelSummary::BlockEntry &block = blocks.block(row);
    m_diagram->setBlock(blocks.model(), row);
    m_name->setText(block.name);
    const BlockType type = blockTypeOf(stageOf(block.name));
    m_purpose->setText(type.purpose);
    m_purpose->setToolTip(type.paper);
    m_name->setToolTip(QStringLiteral("<p>%1</p><p>%2</p>").arg(type.purpose, type.paper));

    const Cost &cost = m_diagram->graph().cost;
    m_shown = {{{}, blocks.size(row)},
               {tr("parameters"), QString::fromStdString(formatCount(cost.parameters))},
               {tr("GFLOP"), formatValue(double(cost.flops) / 1e9)}};
    if (const std::optional<double> energy = blocks.energy(row))
        m_shown.push_back({tr("‖s·F‖ / ‖x‖"), formatValue(*energy)});
    const AnswerPtr answer = blocks.answer(row);
    if (answer && !answer->top.empty())
        m_shown.push_back(
            {readableName(answer->label(0).name), formatPercent(double(answer->top.front().probability))});
    const BlockSummaryPtr summary = blocks.result(row);
    m_hasMap = blocks.hasMap(row);
    m_map->setSummary(summary);
    if (summary) {
        const Statistics &figures = summary->statistics;
        m_shown.insert(m_shown.end(), {{tr("zeros"), formatPercent(figures.shareOfZeros)},
                                       {tr("mean"), formatValue(figures.mean)},
                                       {tr("deviation"), formatValue(figures.standardDeviation)},
                                       {tr("least"), formatValue(figures.minimum)},
                                       {tr("greatest"), formatValue(figures.maximum)}});
    }
    writeFigures();
    arrange();
}

void BlockInspector::clear()
{
    m_diagram->setBlock(nullptr, -1);
    m_name->setText(tr("No block"));
    m_purpose->setText(tr("Select one above to see what it computed."));
    m_map->setSummary(nullptr);
    m_hasMap = true;
    m_shown.clear();
    writeFigures();
    arrange();
}

void BlockInspector::writeFigures()
{
    QStringList texts;
    for (const Figure &figure : m_shown) {
        const QString caption = QStringLiteral("<span style=\"color:%1\">%2</span>")
                                    .arg(quietText(palette()).name(), figure.caption);
        texts << QStringLiteral("<span style=\"white-space:nowrap\">%1</span>")
                     .arg(figure.caption.isEmpty() ? figure.value
                                                   : caption + QStringLiteral("&nbsp;") + figure.value);
    }
    m_figures->setText(texts.join(QStringLiteral("&nbsp;&nbsp; ")));
}

void BlockInspector::arrange()
{
    const QRect room = contentsRect();
    const int least = 30 * fontMetrics().averageCharWidth();
    m_words->setMinimumWidth(least);
    const int width = std::max((room.width() - layout()->spacing()) * 3 / 8, least);
    int left = room.height() - m_name->sizeHint().height() - Grid - m_figures->heightForWidth(width);
    const int purpose = m_purpose->heightForWidth(width) + Grid;
    m_purpose->setVisible(left >= purpose);
    left -= m_purpose->isVisibleTo(this) ? purpose : 0;
    m_map->setVisible(m_hasMap && left >= m_map->minimumSizeHint().height() + Grid);
}

void BlockInspector::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void BlockInspector::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        writeFigures();
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace reslens
