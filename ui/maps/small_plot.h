// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chart_menu.h"

#include <QWidget>

class QCustomPlot;
class QLabel;

namespace reslens {

/// A quiet plot with a caption above it, beside a map. The tabulator reaches it, and its menu has the
/// numbers.
class SmallPlot : public QWidget
{
    Q_OBJECT

public:
    /// `fileName` is what its exports are called.
    SmallPlot(const QString &name, const QString &fileName, QWidget *parent = nullptr);

    /// What the plot shows, in numbers.
    virtual ChartTable table() const = 0;

    QSize sizeHint() const override { return {240, 128}; }
    QSize minimumSizeHint() const override { return {120, 92}; }

protected:
    QCustomPlot *plot() const { return m_plot; }
    void setCaption(const QString &text);
    /// Takes colours and fonts from the palette: at first, and at each change of it.
    virtual void recolour();

    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QLabel *m_caption;
    QCustomPlot *m_plot;
};

} // namespace reslens
