// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/drop_panel.h"

#include "ui/base/format.h"
#include "ui/lesions/drop_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_table.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace reslens {

QString describeAgreement(const LesionStudy &study)
{
    if (const std::optional<double> agreement = study.agreement())
        return DropPanel::tr("Rank correlation of both columns %1").arg(formatFixed(*agreement, 2));
    if (study.measuredCount() == 0)
        return DropPanel::tr("Switches off one block after the other");
    return DropPanel::tr("%1 of %2 blocks").arg(study.measuredCount()).arg(study.blocks().size());
}

DropPanel::DropPanel(LesionStudy &study, QWidget *parent)
    : QWidget(parent), m_study(study), m_result(new ElidedLabel), m_measure(new QToolButton)
{
    m_result->setToolTip(
        tr("Spearman's rank correlation of the two columns: 1 where they put the blocks in the "
           "same order, 0 where they have nothing in common"));
    m_measure->setIcon(themedIcon(QStringLiteral("run")));
    m_measure->setText(tr("Measure"));
    m_measure->setToolTip(tr("Run the network without each block in turn; Esc stops"));
    m_measure->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_measure->setAutoRaise(true);
    QSizePolicy keepsItsPlace = m_measure->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_measure->setSizePolicy(keepsItsPlace);
    auto *header = new QHBoxLayout;
    header->setSpacing(Grid);
    header->addWidget(m_result, 1);
    header->addWidget(m_measure);

    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(new DropModel(study, this));
    sorted->setSortRole(Qt::EditRole);
    m_table =
        quietTable(sorted, tr("Table of what the logit loses without each block"), DropModel::Attribution);
    m_table->setToolTip(
        tr("By how much the explained logit falls when the block is off (Veit et al. 2016), beside "
           "what the direct path adds (Elhage et al. 2021). Click a heading to sort."));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->setSortingEnabled(true);
    m_caveat = quietLabel(tr("Later blocks read what a block puts out and partly make up for it when it is "
                             "off, so the two columns need not agree."));
    m_caveat->setWordWrap(true);
    m_caveat->setAlignment(Qt::AlignTop);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(header);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_caveat);

    connect(m_measure, &QToolButton::clicked, &study, &LesionStudy::measure);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit chosen(index.siblingAtColumn(DropModel::Block).data().toString());
    });
    connect(&study, &LesionStudy::changed, this, &DropPanel::refresh);
    refresh();
}

void DropPanel::refresh()
{
    m_result->setText(describeAgreement(m_study));
    m_measure->setVisible(m_study.intact() && !m_study.isMeasuring() && !m_study.agreement());
    if (isVisible())
        m_study.measureOnce();
}

void DropPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_study.measureOnce();
}

void DropPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The last row is whole or not there.
    const int header = m_table->horizontalHeader()->sizeHint().height();
    const int room = height() - m_table->y() - header - Grid - m_caveat->heightForWidth(width());
    const int row = m_table->verticalHeader()->defaultSectionSize();
    m_table->setMaximumHeight(header + std::max(1, room / row) * row);
}

} // namespace reslens
