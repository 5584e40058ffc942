// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/explain/account.h"

#include <QFont>
#include <QWidget>
#include <functional>

namespace reslens {

/// What a unit looked at, as small pictures: for the input channels that add most, the values under the
/// window, the weights, and their products; for a pooling the values alone, the greatest framed where it is
/// what is kept. Cells where the window hangs over the border are left open.
class PatchView : public QWidget
{
    Q_OBJECT

public:
    explicit PatchView(QWidget *parent = nullptr);

    /// Null shows nothing.
    void setStory(const UnitStoryPtr &story);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// The values, without weights.
    bool isAlone() const { return m_story && m_story->isPooling(); }
    double cell() const;
    /// One size for all numbers, at which the longest has its place in a cell.
    void fitCellFont();
    int labelWidth() const;
    QSizeF pictureSize() const;
    double columnWidth() const;
    /// Of the values (0), the weights (1), the products (2), and what is below them (3).
    double lineTop(int line) const;
    void paintLabels(QPainter &painter) const;
    void paintPicture(QPainter &painter, const QPointF &at, const Patch &patch, const ColorScale &scale,
                      const std::function<double(const UnitTerm &)> &value) const;

    UnitStoryPtr m_story;
    std::vector<Patch> m_patches;
    ColorScale m_values;
    ColorScale m_weights;
    ColorScale m_products;
    QFont m_cellFont;
};

} // namespace reslens
