// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/block_inspector.h"

#include "ui/format.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/map_view.h"

#include <QGridLayout>
#include <QLabel>

namespace reslens {
namespace {

struct Figure
{
    const char *caption;
    const char *explanation;
};

constexpr Figure Figures[]{
    {QT_TRANSLATE_NOOP("BlockInspector", "Height × width × channels"),
     QT_TRANSLATE_NOOP("BlockInspector", "The size of the block's output")},
    {QT_TRANSLATE_NOOP("BlockInspector", "Zeros"),
     QT_TRANSLATE_NOOP("BlockInspector",
                       "Share of values that are exactly 0: what the ReLU, max(x, 0), has cut off")},
    {QT_TRANSLATE_NOOP("BlockInspector", "Mean"), QT_TRANSLATE_NOOP("BlockInspector", "Mean of all values")},
    {QT_TRANSLATE_NOOP("BlockInspector", "Deviation"),
     QT_TRANSLATE_NOOP("BlockInspector", "Standard deviation of all values")},
    {QT_TRANSLATE_NOOP("BlockInspector", "Least"),
     QT_TRANSLATE_NOOP("BlockInspector", "The least of all values")},
    {QT_TRANSLATE_NOOP("BlockInspector", "Greatest"),
     QT_TRANSLATE_NOOP("BlockInspector", "The greatest of all values")}};

} // namespace

BlockInspector::BlockInspector(QWidget *parent)
    : QWidget(parent), m_map(new MapView), m_name(headingLabel()), m_explanation(quietLabel())
{
    m_explanation->setWordWrap(true);
    m_explanation->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_explanation->setAlignment(Qt::AlignTop);

    auto *figures = new QGridLayout;
    figures->setHorizontalSpacing(2 * Grid);
    figures->setVerticalSpacing(Grid / 2);
    int row = 0;
    for (const Figure &figure : Figures) {
        m_captions.push_back(quietLabel(tr(figure.caption)));
        m_figures.push_back(new QLabel);
        m_figures.back()->setAlignment(Qt::AlignRight);
        for (QLabel *label : {m_captions.back(), m_figures.back()})
            label->setToolTip(tr(figure.explanation));
        figures->addWidget(m_captions.back(), row, 0);
        figures->addWidget(m_figures.back(), row++, 1);
    }
    figures->setColumnMinimumWidth(1, fontMetrics().horizontalAdvance(QStringLiteral("35 × 35 × 9999")));
    figures->setColumnStretch(2, 1);

    auto *words = new QVBoxLayout;
    words->setSpacing(Grid);
    words->addWidget(m_name);
    words->addWidget(m_explanation);
    words->addLayout(figures);
    words->addStretch();

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3 * Grid);
    // The map takes what resizeEvent() allows, the words the rest.
    layout->addWidget(m_map, 1000);
    layout->addLayout(words, 1);
    connect(m_map, &MapView::pointed, this, &BlockInspector::pointed);
    clear();
}

void BlockInspector::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int words = 44 * fontMetrics().averageCharWidth();
    const int room = std::max(contentsRect().width() / 2, contentsRect().width() - words);
    m_map->setMaximumWidth(std::min(m_map->widthFor(contentsRect().height()), room));
}

void BlockInspector::showBlock(const ModelSummary::BlockEntry &block, const BlockSummaryPtr &summary)
{
    m_name->setText(block.name);
    m_explanation->setText(explainStage(stageOf(block.name)));
    m_figures.front()->setText(formatShape(block.shape));
    setFigures(summary);
}

void BlockInspector::clear()
{
    m_name->setText(tr("No block"));
    m_explanation->setText(tr("Select one above to see what it computed."));
    m_figures.front()->setText(QStringLiteral("–"));
    setFigures(nullptr);
}

void BlockInspector::setFigures(const BlockSummaryPtr &summary)
{
    m_map->setSummary(summary);
    QStringList texts(5, QStringLiteral("–"));
    if (summary) {
        const Statistics &figures = summary->statistics;
        texts = {formatPercent(figures.shareOfZeros), formatValue(figures.mean),
                 formatValue(figures.standardDeviation), formatValue(figures.minimum),
                 formatValue(figures.maximum)};
    }
    for (std::size_t i = 0; i < 5; ++i)
        m_figures[i + 1]->setText(texts[qsizetype(i)]);
}

} // namespace reslens
