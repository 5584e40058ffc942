// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_page.h"

#include "ui/base/format.h"
#include "ui/base/sentence.h"
#include "ui/compare/case_choice.h"
#include "ui/compare/compared_view.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/tensor_tabs.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/top_chart.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>

namespace reslens {
namespace {

enum Side
{
    A,
    B,
    Both
};

/// From here on, three maps in a row are large enough.
constexpr int WideWidth = 1100;

void addLabel(QHBoxLayout *layout, const QString &text, QWidget *buddy)
{
    QLabel *label = quietLabel(text);
    label->setBuddy(buddy);
    buddy->setAccessibleName(text);
    layout->addWidget(label);
    layout->addWidget(buddy);
}

} // namespace

ComparePage::ComparePage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_choice(new CaseChoice(session)), m_block(new QComboBox),
      m_tensor(new QComboBox), m_channel(new QSpinBox), m_mostDifferent(new QPushButton),
      m_figures(quietLabel()), m_grid(new QGridLayout), m_stack(new QStackedWidget), m_waiting(quietLabel()),
      m_chooseModel(new QPushButton(tr("Choose a model…")))
{
    const std::array letters{tr("A"), tr("B"), tr("A − B")};
    for (std::size_t i = 0; i < m_views.size(); ++i)
        m_views[i] = new ComparedView(letters[i]);
    for (std::size_t i = 0; i < m_top.size(); ++i) {
        m_top[i] = new PredictionModel(this);
        m_charts[i] = new TopChart;
        m_charts[i]->setModel(m_top[i]);
        m_charts[i]->setAccessibleName(tr("Most probable classes of %1").arg(letters[i]));
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_choice);
    layout->addWidget(makeChannelChoice());
    m_stack->addWidget(makeViews());
    m_stack->addWidget(makeNothing());
    layout->addWidget(m_stack, 1);
    connectParts();
    fillBlocks();
}

QWidget *ComparePage::makeChannelChoice()
{
    for (QComboBox *combo : {m_block, m_tensor})
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_channel->setRange(0, 0);
    m_channel->setPrefix(tr("ch"));
    m_channel->setToolTip(tr("Page Up and Page Down in a map go to the channels before and after"));
    m_mostDifferent->setText(tr("Most different"));
    m_mostDifferent->setToolTip(tr("Go to the channel whose maps differ most: mean of |A − B|"));
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(Inset, 0, 0, 0);
    layout->setSpacing(Grid);
    addLabel(layout, tr("Block"), m_block);
    addLabel(layout, tr("Tensor"), m_tensor);
    addLabel(layout, tr("Channel"), m_channel);
    layout->addWidget(m_mostDifferent);
    layout->addStretch();
    return line;
}

QWidget *ComparePage::makeAnswers()
{
    m_figures->setWordWrap(true);
    auto *answers = new QWidget;
    auto *layout = new QGridLayout(answers);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(2 * Grid);
    layout->setVerticalSpacing(Grid / 2);
    for (int side = A; side <= B; ++side) {
        TopChart *chart = m_charts[std::size_t(side)];
        chart->setMinimumWidth(12 * Grid);
        layout->addWidget(quietLabel(side == A ? tr("Top 5 of A") : tr("Top 5 of B")), 0, side);
        layout->addWidget(chart, 1, side);
        layout->setColumnStretch(side, 1);
    }
    layout->setRowStretch(3, 1);
    return answers;
}

QWidget *ComparePage::makeViews()
{
    auto *views = new QWidget;
    views->setLayout(m_grid);
    m_grid->setContentsMargins(Inset, 0, 0, 0);
    m_grid->setHorizontalSpacing(2 * Grid);
    m_grid->setVerticalSpacing(Grid);
    m_grid->addWidget(m_views[A], 0, 0);
    m_grid->addWidget(m_views[B], 0, 1);
    for (const int line : {0, 1})
        m_grid->setColumnStretch(line, 1);
    m_grid->setRowStretch(0, 1);
    m_grid->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding), 2, 0);
    m_answers = makeAnswers();
    arrange(false);
    return views;
}

QWidget *ComparePage::makeNothing()
{
    m_waiting->setWordWrap(true);
    m_waiting->setAlignment(Qt::AlignCenter);
    auto *nothing = new QWidget;
    auto *layout = new QVBoxLayout(nothing);
    layout->setSpacing(2 * Grid);
    layout->addStretch();
    layout->addWidget(m_waiting);
    layout->addWidget(m_chooseModel, 0, Qt::AlignHCenter);
    layout->addStretch();
    return nothing;
}

void ComparePage::arrange(bool wide)
{
    // A widget that is added again leaves its old place.
    m_grid->addWidget(m_views[Both], wide ? 0 : 1, wide ? 2 : 0);
    m_grid->addWidget(m_answers, 1, wide ? 0 : 1, 1, wide ? 3 : 1);
    m_grid->setColumnStretch(2, wide ? 1 : 0);
    m_grid->setRowStretch(1, wide ? 0 : 1);
    auto *answers = static_cast<QGridLayout *>(m_answers->layout());
    answers->addWidget(m_figures, wide ? 1 : 2, wide ? 2 : 0, 1, wide ? 1 : 2, Qt::AlignTop);
    answers->setColumnStretch(2, wide ? 1 : 0);
}

void ComparePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= WideWidth;
    if (wide != (m_grid->columnStretch(2) > 0))
        arrange(wide);
}

void ComparePage::connectParts()
{
    connect(m_choice, &CaseChoice::changed, this, &ComparePage::ask);
    connect(m_block, &QComboBox::currentIndexChanged, this, &ComparePage::ask);
    connect(m_block, &QComboBox::activated, this, [this] { m_preferredBlock = m_block->currentText(); });
    connect(m_tensor, &QComboBox::activated, this, [this] {
        m_preferredTensor = m_tensor->currentText();
        showChannel();
    });
    connect(m_channel, &QSpinBox::valueChanged, this, &ComparePage::showChannel);
    connect(m_chooseModel, &QPushButton::clicked, m_choice, &CaseChoice::chooseModels);
    connect(m_mostDifferent, &QPushButton::clicked, this, &ComparePage::goToMostDifferent);
    connect(&m_session, &Session::modelChanged, this, &ComparePage::fillBlocks);
    connect(&m_session, &Session::stateChanged, this, &ComparePage::ask);
    connect(&m_session.comparer(), &Comparer::changed, this, &ComparePage::onComparison);
    ComparedView::link(m_views[A], m_views[B]);
    ComparedView::link(m_views[A], m_views[Both]);
    ComparedView::link(m_views[B], m_views[Both]);
    for (ComparedView *view : m_views) {
        connect(view->view(), &ChannelView::unitChanged, this, &ComparePage::onUnit);
        connect(view->view(), &ChannelView::stepRequested, this,
                [this](int by) { m_channel->setValue(m_channel->value() + by); });
    }
}

void ComparePage::fillBlocks()
{
    const QSignalBlocker quiet(m_block);
    m_block->clear();
    if (const ModelSummaryPtr model = m_session.model())
        for (const ModelSummary::BlockEntry &block : model->blocks)
            m_block->addItem(block.name);
    m_block->setCurrentIndex(std::max(0, m_block->findText(m_preferredBlock)));
    ask();
}

void ComparePage::showBlock(const QString &block)
{
    m_preferredBlock = block;
    if (const int index = m_block->findText(block); index >= 0)
        m_block->setCurrentIndex(index);
}

void ComparePage::ask()
{
    if (!isVisible())
        return;
    const auto cases = m_choice->cases();
    if (cases && m_session.state() == Session::State::Answered && m_block->count() > 0)
        m_session.comparer().ask(
            ComparisonRequest{cases->first, cases->second, m_session.preparation(), m_block->currentText()});
    else
        m_session.comparer().ask(std::nullopt);
    if (!m_session.comparer().comparison())
        showNothing();
}

bool ComparePage::lacksModel() const
{
    return m_choice->mode() == CaseChoice::Models && m_session.currentPicture() && !m_choice->cases();
}

QString ComparePage::waiting() const
{
    if (lacksModel())
        return tr("Choose a second model to see what both make of the same picture.");
    const Comparer &comparer = m_session.comparer();
    if (!comparer.failure().isEmpty())
        return asSentence(comparer.failure());
    if (comparer.isRunning() || m_session.isBusy())
        return tr("Looking at both…");
    if (!m_session.currentPicture())
        return tr("Open a picture to compare it with another.");
    return tr("Choose a picture for A and for B.");
}

void ComparePage::onComparison()
{
    const ComparisonPtr comparison = m_session.comparer().comparison();
    if (!comparison || comparison == m_shown)
        return;
    m_shown = comparison;
    m_top[A]->setAnswer(comparison->a.answer);
    m_top[B]->setAnswer(comparison->b.answer);
    m_stack->setCurrentIndex(0);
    enableChoice();
    fillTensors();
    showChannel();
}

std::optional<int> ComparePage::positionIn(const ComparedSide &compared) const
{
    return compared.maps ? tensorNamed(*compared.maps, m_tensor->currentText()) : std::nullopt;
}

void ComparePage::fillTensors()
{
    const ComparisonPtr comparison = m_shown;
    m_tensor->clear();
    if (comparison->a.maps)
        for (const BlockMaps::Map &map : comparison->a.maps->maps) {
            m_tensor->addItem(map.name);
            m_tensor->setItemData(m_tensor->count() - 1, explainTensor(comparison->a.maps->block, map.name),
                                  Qt::ToolTipRole);
        }
    const int preferred = m_tensor->findText(m_preferredTensor);
    m_tensor->setCurrentIndex(preferred >= 0 ? preferred : m_tensor->count() - 1);
}

QString ComparePage::titleOf(const ComparedCase &what, const ComparedSide &compared) const
{
    const ModelSummary &model = *compared.answer->model;
    if (!m_shown->request.b.model)
        return what.picture.name;
    return model.embedded ? tr("Embedded model") : QString::fromStdString(model.info.name);
}

void ComparePage::showNothing()
{
    m_shown = nullptr;
    enableChoice();
    for (PredictionModel *top : m_top)
        top->setAnswer(nullptr);
    for (ComparedView *view : m_views) {
        view->setTitle({});
        view->setPicture({});
        view->setMessage({});
    }
    m_figures->clear();
    m_waiting->setText(waiting());
    m_chooseModel->setVisible(lacksModel());
    m_stack->setCurrentIndex(1);
}

void ComparePage::enableChoice()
{
    for (QWidget *choice : std::initializer_list<QWidget *>{m_tensor, m_channel, m_mostDifferent})
        choice->setEnabled(m_shown != nullptr);
}

void ComparePage::showChannel()
{
    const ComparisonPtr comparison = m_shown;
    if (!comparison)
        return;
    const std::optional<int> a = positionIn(comparison->a);
    const std::optional<int> b = positionIn(comparison->b);
    int channels = a ? comparison->a.maps->maps[std::size_t(*a)].tensor->shape().channels : 1;
    if (b)
        channels = std::min(channels, comparison->b.maps->maps[std::size_t(*b)].tensor->shape().channels);
    {
        const QSignalBlocker quiet(m_channel);
        m_channel->setMaximum(channels - 1);
        m_channel->setSuffix(tr(" of %1").arg(channels));
    }
    m_views[A]->setTitle(titleOf(comparison->request.a, comparison->a));
    m_views[B]->setTitle(titleOf(comparison->request.b, comparison->b));
    m_views[A]->setPicture(comparison->a.picture);
    m_views[B]->setPicture(comparison->b.picture);
    showSide(A, comparison->a, a);
    showSide(B, comparison->b, b);
    showDifference(a, b);
}

void ComparePage::showSide(int side, const ComparedSide &compared, std::optional<int> position)
{
    ComparedView *view = m_views[std::size_t(side)];
    if (!position) {
        view->setMessage(
            tr("This model has no tensor %1/%2.").arg(m_block->currentText(), m_tensor->currentText()));
        return;
    }
    const ComparisonPtr comparison = m_shown;
    const BlockMaps::Map &map = compared.maps->maps[std::size_t(*position)];
    const ComparedSide &other = side == A ? comparison->b : comparison->a;
    const std::optional<int> otherPosition = positionIn(other);
    const BlockMaps::Map &otherMap = otherPosition ? other.maps->maps[std::size_t(*otherPosition)] : map;
    const int channel = m_channel->value();
    view->setChannel(compared.maps, *position, channel, commonScale(map, otherMap, channel));
    const Statistics &figures = map.channels[std::size_t(channel)];
    view->setFigures(
        tr("mean %1 · from %2 to %3")
            .arg(formatValue(figures.mean), formatValue(figures.minimum), formatValue(figures.maximum)));
}

void ComparePage::showDifference(std::optional<int> a, std::optional<int> b)
{
    const ComparisonPtr comparison = m_shown;
    ComparedView *view = m_views[Both];
    m_figures->clear();
    m_mostDifferent->setEnabled(false);
    if (!a || !b) {
        view->setMessage(tr("Without two maps there is no difference."));
        return;
    }
    const Shape &shapeA = comparison->a.maps->maps[std::size_t(*a)].tensor->shape();
    const Shape &shapeB = comparison->b.maps->maps[std::size_t(*b)].tensor->shape();
    if (!(shapeA == shapeB)) {
        view->setMessage(tr("No difference: the maps have other shapes, %1 and %2.")
                             .arg(formatShape(shapeA), formatShape(shapeB)));
        return;
    }
    const Difference difference =
        differenceOf(comparison->a.maps, *a, comparison->b.maps, *b, m_channel->value());
    view->setChannel(difference.maps, 0, 0, scaleOf(difference));
    view->setFigures(tr("mean |A − B| %1").arg(formatValue(difference.meanAbsolute)));
    m_mostDifferent->setEnabled(true);
    const QString correlation =
        difference.correlation ? tr("Correlation of the maps %1").arg(formatFixed(*difference.correlation, 2))
                               : tr("No correlation: one of the maps is the same everywhere");
    m_figures->setText(
        tr("%1\nGreatest difference %2").arg(correlation, formatValue(difference.greatestAbsolute)));
}

void ComparePage::onUnit()
{
    QStringList values;
    for (const std::size_t side : {std::size_t(A), std::size_t(B)})
        if (const QString readout = m_views[side]->readout(); !readout.isEmpty())
            values << readout;
    if (values.size() == 2)
        values[1] = values[1].section(u'=', 1).trimmed();
    emit pointed(values.join(tr(" · B ")));
}

void ComparePage::goToMostDifferent()
{
    const ComparisonPtr comparison = m_shown;
    const std::optional<int> a = positionIn(comparison->a);
    const std::optional<int> b = positionIn(comparison->b);
    if (a && b)
        m_channel->setValue(mostDifferentChannel(*comparison->a.maps->maps[std::size_t(*a)].tensor,
                                                 *comparison->b.maps->maps[std::size_t(*b)].tensor));
}

void ComparePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask();
}

void ComparePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_session.comparer().ask(std::nullopt);
    showNothing();
    emit pointed({});
}

} // namespace reslens
