// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/lesion_set.h"

#include <QWidget>

namespace reslens {

/// The factors of all residual blocks side by side as in a mixing desk, from 0 below to 2 above, a colour a
/// stage. A click switches a block off and on, or a whole stage by its name; dragging up and down scales it.
/// With the keyboard: left and right choose, up and down scale, Space switches, Backspace puts back to 1.
class ScaleBoard : public QWidget
{
    Q_OBJECT

public:
    static constexpr float Most = 2;

    explicit ScaleBoard(QWidget *parent = nullptr);

    void setLesions(const LesionSet &lesions);
    /// The chosen block or stage; empty without a network.
    const QString &chosen() const { return m_chosen; }
    void choose(const QString &name);

    QSize sizeHint() const override { return {480, 132}; }
    QSize minimumSizeHint() const override { return {480, 96}; }

    /// Where a block's bar can be dragged, and where a stage's name stands, in the widget's pixels.
    QRect barArea(const QString &block) const;
    QRect stageArea(const QString &name) const;

signals:
    void chosenChanged();
    void scaled(const QString &name, float factor);
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Stage
    {
        QString name;
        int first = 0;
        int count = 0;
    };

    QRectF column(int index) const;
    QRect bars() const;
    int heightOf(float factor) const;
    float factorAt(int y) const;
    float factorOf(const QString &name) const;
    bool isChosen(int index) const;
    QString nameAt(QPoint position) const;
    QString detail(const QString &name) const;
    void paintScale(QPainter &painter) const;
    void paintBar(QPainter &painter, int index, const QColor &colour) const;
    void step(int by);
    void toggle(const QString &name);

    std::vector<Lesion> m_blocks;
    std::vector<Stage> m_stages;
    QString m_chosen;
    QString m_pressed;
    QPoint m_pressedAt;
    bool m_drags = false;
};

} // namespace reslens
