// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/saliency/explanation.h"

#include <QWidget>

class QCPBars;
class QCustomPlot;

namespace reslens {

/// The residual blocks' scores as bars around zero, a colour a stage. Hovering tells name and value; a click,
/// or the arrow keys and Enter, choose a block.
class ContributionChart : public QWidget
{
    Q_OBJECT

public:
    explicit ContributionChart(QWidget *parent = nullptr);

    /// Null empties the chart.
    void setExplanation(const ExplanationPtr &explanation);

    QSize sizeHint() const override { return {320, 104}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// The middle of a block's bar, in the widget's pixels.
    QPoint barPosition(int index) const;

signals:
    void chosen(const QString &block);
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Stage
    {
        QCPBars *whole; ///< what is shown over the picture
        QCPBars *faded; ///< the other blocks, while one is chosen
    };

    void rebuild();
    void recolour();
    QCPBars *addBars();
    int indexAt(const QPointF &position) const;
    QString detail(int index) const;
    QString blockAt(int index) const;

    QCustomPlot *m_plot;
    std::vector<Stage> m_stages;
    ExplanationPtr m_explanation;
    int m_current = -1; ///< under the keyboard
};

} // namespace reslens
