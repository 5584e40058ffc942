// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/lens_panel.h"

#include "ui/lesions/lens_chart.h"
#include "ui/lesions/lens_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/chart_menu.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_table.h"

#include <QComboBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace reslens {

LensPanel::LensPanel(LesionStudy &study, QWidget *parent)
    : QWidget(parent), m_study(study), m_scale(new QComboBox), m_chart(new LensChart),
      m_model(new LensModel(this)), m_pages(new QStackedWidget)
{
    m_scale->addItem(tr("logits"), int(LensView::Scale::Logits));
    m_scale->addItem(tr("probabilities"), int(LensView::Scale::Probabilities));
    m_scale->setAccessibleName(tr("What the lines show"));
    auto *words = new ElidedLabel(tr("without lesions"));
    words->setForegroundRole(QPalette::PlaceholderText);
    words->setToolTip(
        tr("The head of the network (conv_7b, pooling, dense layer) on the output of each of the "
           "last blocks, as if no later block had a residual branch.\nBefore the last block it is "
           "uncalibrated: the head was never trained on what it reads there, so the figures "
           "tell a direction and not a confidence.\nLogit lens: nostalgebraist 2020"));
    QToolButton *asTable = tableButton();
    asTable->setToolTip(tr("Show the lines as a table"));
    auto *header = new QHBoxLayout;
    header->setSpacing(Grid);
    header->addWidget(words, 1);
    header->addWidget(m_scale);
    header->addWidget(asTable);
    m_pages->addWidget(m_chart);
    m_pages->addWidget(quietTable(m_model, tr("Table of the classes after each of the last blocks")));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(header);
    layout->addWidget(m_pages, 1);

    new ChartMenu(m_chart, m_chart->plot(), QStringLiteral("logit-lens"),
                  [this] { return tableOf(*m_model); });
    connect(m_scale, &QComboBox::currentIndexChanged, this, &LensPanel::refresh);
    connect(asTable, &QToolButton::toggled, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_chart, &LensChart::pointed, this, &LensPanel::pointed);
    connect(&study, &LesionStudy::lensChanged, this, &LensPanel::refresh);
    refresh();
}

void LensPanel::refresh()
{
    LensView view;
    if (m_study.lens())
        view = lensViewOf(m_study.lens(), *m_study.intact(), m_study.subject(),
                          LensView::Scale(m_scale->currentData().toInt()));
    m_chart->setView(view);
    m_model->setView(view);
}

} // namespace reslens
