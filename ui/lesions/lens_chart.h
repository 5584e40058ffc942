// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lesions/lens_view.h"

#include <QWidget>

class QCPGraph;
class QCPItemRect;
class QCPItemText;
class QCustomPlot;

namespace reslens {

/// The classes as lines over the last blocks, each named at its end. What lies before the last block is
/// shaded and marked as uncalibrated. Hovering, or the arrow keys, tell a block's figures.
class LensChart : public QWidget
{
    Q_OBJECT

public:
    explicit LensChart(QWidget *parent = nullptr);

    void setView(const LensView &view);

    QSize sizeHint() const override { return {280, 160}; }
    QSize minimumSizeHint() const override { return {200, 96}; }

    QCustomPlot *plot() { return m_plot; }

    /// Of a class's line and name; names can be read on the window.
    static QColor colourOf(int row, const QPalette &palette);

    /// What is said of one step.
    QString detail(int step) const;

signals:
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        QCPGraph *graph;
        QCPItemText *name;
    };

    void rebuild();
    void addLine(int row);
    void setRanges();
    /// Leaves the names as much room on the right as they need.
    void fitNames();
    void placeNames();
    QFont nameFont(bool isExplained) const;
    void recolour();
    int stepAt(double x) const;

    QCustomPlot *m_plot;
    QCPItemRect *m_shade;
    QCPItemText *m_mark;
    std::vector<Line> m_lines;
    LensView m_view;
    int m_current = -1; ///< under the keyboard
};

} // namespace reslens
