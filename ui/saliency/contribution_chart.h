// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

#include <QWidget>
#include <optional>
#include <vector>

class QCPBars;
class QCPGraph;
class QCustomPlot;

namespace reslens {

/// The residual blocks' scores as bars around zero, a colour a stage; where the method splits them, the
/// branches can stand on each other, with a dot at their sum. Hovering tells name and value; a click, or the
/// arrow keys and Enter, choose a block, a click into a stack the branch.
class ContributionChart : public QWidget
{
    Q_OBJECT

public:
    explicit ContributionChart(QWidget *parent = nullptr);

    /// Null empties the chart.
    void setExplanation(const ExplanationPtr &explanation);

    /// Stacks the branches, the first darkest and the bias palest.
    void setStacked(bool isStacked);

    QCustomPlot *plot() { return m_plot; }

    QSize sizeHint() const override { return {320, 104}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// The middle of a block's bar, in the widget's pixels.
    QPoint barPosition(int index) const;
    /// The middle of one of its branches.
    QPoint branchPosition(int index, int branch) const;

signals:
    void chosen(const QString &block, std::optional<int> branch = {});
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Layer
    {
        QCPBars *whole; ///< what is shown over the picture
        QCPBars *faded; ///< the rest, while one block or branch is chosen
    };
    /// The whole score in the first layer, or the branches and the bias on each other.
    using Stage = std::vector<Layer>;

    void rebuild();
    void addScore(int index, Stage &stage);
    void setScale(double low, double high);
    void recolour();
    QCPBars *addBars();
    void emptyBars();
    bool splits() const;
    int count() const;
    const BlockContribution &score(int index) const;
    int indexAt(const QPointF &position) const;
    std::optional<int> branchAt(int index, const QPointF &position) const;
    QString detail(int index, std::optional<int> branch = {}) const;
    QString blockAt(int index) const;

    QCustomPlot *m_plot;
    std::vector<Stage> m_stages;
    QCPGraph *m_sums; ///< of the stacks
    ExplanationPtr m_explanation;
    bool m_isStacked = false;
    int m_current = -1; ///< under the keyboard
};

} // namespace reslens
