// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QCPBars;
class QCPItemRect;
class QCPItemText;
class QCustomPlot;

namespace reslens {

/// The rows of a PredictionModel as bars: name and percentage in text, a slim bar under them. The arrow keys
/// walk through the bars; the one under the pointer or the keyboard shows its details in a tooltip, and a
/// click or Enter chooses it. Where somebody listens to that, the row under the pointer is marked.
class TopChart : public QWidget
{
    Q_OBJECT

public:
    explicit TopChart(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model);
    /// Greys out what belongs to the picture before.
    void setStale(bool stale);
    /// The class that is explained stands in bold; -1 if it is not here.
    void setBold(int row);
    int bold() const { return m_bold; }
    /// The class that the map over the picture explains keeps its colour, the others pale; -1 for none.
    void setExplained(int row);

    QSize sizeHint() const override;
    /// With less room between the rows.
    QSize minimumSizeHint() const override;
    /// The row under the pointer; -1 for none, or if a click would do nothing.
    int hovered() const { return m_hovered; }

signals:
    void chosen(int row);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void rebuild();
    void recolour();
    void elideNames();
    void setCurrent(int row);
    void setHovered(int row);
    void setBars();
    int rowAt(const QPointF &position) const;
    QString detail(int row) const;
    void updateAccessibility();

    QCustomPlot *m_plot;
    QCPBars *m_tracks;
    QCPBars *m_bars;
    QCPBars *m_paleBars;
    QCPBars *m_before; ///< outlines, of rows that have a PredictionModel::BeforeRole
    std::vector<QCPItemText *> m_names;
    std::vector<QCPItemText *> m_percentages;
    QCPItemRect *m_hover;
    QAbstractItemModel *m_model = nullptr;
    int m_current = -1;
    int m_hovered = -1;
    int m_bold = 0;
    int m_explained = -1;
    bool m_stale = false;
};

} // namespace reslens
