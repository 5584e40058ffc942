// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QObject>
#include <QPointer>

class QWidget;

namespace reslens {

/// Makes a window fit for a lecture: it fills the screen, its type grows with the screen, and what is only
/// there to work with goes out of sight.
class Presentation : public QObject
{
    Q_OBJECT

public:
    explicit Presentation(QWidget *window);
    ~Presentation() override;

    bool isOn() const { return m_on; }
    /// `aside`: the widgets to hide; those that are visible now come back afterwards.
    void start(const QList<QWidget *> &aside);
    void stop();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Type of which so many lines fill the height of the window, and for which it is wide enough.
    void fitType();

    QWidget *m_window;
    bool m_on = false;
    bool m_wasFull = false;
    QFont m_font; ///< as it was before
    QList<QPointer<QWidget>> m_hidden;
};

} // namespace reslens
