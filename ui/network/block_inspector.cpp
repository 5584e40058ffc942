// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_inspector.h"

#include "engine/report.h"
#include "ui/base/format.h"
#include "ui/network/block_diagram.h"
#include "ui/network/block_types.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/map_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTextDocument>

namespace reslens {

BlockInspector::BlockInspector(QWidget *parent)
    : QWidget(parent), m_diagram(new BlockDiagram), m_words(new QWidget), m_name(headingLabel()),
      m_shape(quietLabel()), m_purpose(quietLabel()), m_figures(new QLabel), m_map(new MapView)
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
           "off. Mean, deviation, min and max are over all values of the output.</p>"));

    m_words->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    auto *words = new QVBoxLayout(m_words);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(Grid);
    auto *title = new QHBoxLayout;
    title->setSpacing(Grid);
    title->addWidget(m_name);
    title->addWidget(m_shape, 1);
    words->addLayout(title);
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
    m_shape->setText(blocks.size(row));
    m_shown = {{tr("parameters"), QString::fromStdString(formatCount(cost.parameters))},
               {tr("GFLOP"), formatValue(double(cost.flops) / 1e9)}};
    const AnswerPtr answer = blocks.answer(row);
    if (answer && !answer->top.empty())
        m_shown.push_back(
            {readableName(answer->label(0).name), formatPercent(double(answer->top.front().probability))});
    const BlockSummaryPtr summary = blocks.result(row);
    m_hasMap = blocks.hasMap(row);
    m_map->setSummary(summary);
    if (summary) {
        const Statistics &figures = summary->statistics;
        m_shown.insert(m_shown.end(), {{tr("mean"), formatValue(figures.mean)},
                                       {tr("deviation"), formatValue(figures.standardDeviation)},
                                       {tr("min"), formatValue(figures.minimum)},
                                       {tr("max"), formatValue(figures.maximum)},
                                       {tr("zeros"), formatPercent(figures.shareOfZeros)}});
    }
    if (const std::optional<double> energy = blocks.energy(row))
        m_shown.push_back({tr("‖s·F‖ / ‖x‖"), formatValue(*energy)});
    arrange();
}

void BlockInspector::clear()
{
    m_diagram->setBlock(nullptr, -1);
    m_name->setText(tr("No block"));
    m_shape->clear();
    m_purpose->setText(tr("Select one above to see what it computed."));
    m_map->setSummary(nullptr);
    m_hasMap = true;
    m_shown.clear();
    arrange();
}

QString BlockInspector::figuresIn(int pairs) const
{
    const QString space = pairs > 0 ? QString() : QStringLiteral("&nbsp;&nbsp; ");
    const QString form =
        pairs > 0
            ? QStringLiteral("<td style=\"white-space:pre; padding-right:%1px\">%4</td>"
                             "<td align=\"right\" style=\"white-space:pre; padding-right:%2px\">%5</td>")
                  .arg(Grid)
                  .arg(2 * Grid)
            : QStringLiteral("<span style=\"white-space:nowrap\">%4&nbsp;%5</span>");
    QStringList lines{QString()};
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (pairs > 0 && i > 0 && i % std::size_t(pairs) == 0)
            lines << QString();
        const QString caption = QStringLiteral("<span style=\"color:%1\">%2</span>")
                                    .arg(quietText(palette()).name(), m_shown[i].caption.toHtmlEscaped());
        lines.back() += (lines.back().isEmpty() ? QString() : space) +
                        form.arg(caption, m_shown[i].value.toHtmlEscaped());
    }
    return pairs > 0 ? QStringLiteral("<table cellspacing=\"0\"><tr>%1</tr></table>")
                           .arg(lines.join(QStringLiteral("</tr><tr>")))
                     : lines.front();
}

void BlockInspector::writeFigures(QSize room)
{
    QTextDocument text;
    text.setDefaultFont(font());
    text.setDocumentMargin(0);
    for (const int pairs : {2, 1, 0}) {
        const QString figures = figuresIn(pairs);
        text.setHtml(figures);
        m_figures->setText(figures);
        // The last column has no neighbour that it must keep clear of.
        if (text.idealWidth() - 2 * Grid <= room.width() &&
            m_figures->heightForWidth(room.width()) <= room.height())
            return;
    }
}

void BlockInspector::arrange()
{
    const QRect room = contentsRect();
    const int least = 30 * fontMetrics().averageCharWidth();
    m_words->setMinimumWidth(least);
    const int width = std::max((room.width() - layout()->spacing()) * 3 / 8, least);
    int left = room.height() - m_name->sizeHint().height() - Grid;
    writeFigures({width, left});
    left -= m_figures->heightForWidth(width);
    const int purpose = m_purpose->heightForWidth(width) + Grid;
    m_purpose->setVisible(left >= purpose);
    left -= m_purpose->isVisibleTo(this) ? purpose : 0;
    m_map->setVisible(m_hasMap && left >= m_map->minimumSizeHint().height() + Grid);
    // The words take their new places in the same frame.
    m_words->layout()->activate();
}

void BlockInspector::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void BlockInspector::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        arrange();
}

} // namespace reslens
