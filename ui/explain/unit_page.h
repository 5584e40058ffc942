// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/unit_explainer.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace reslens {

class AccountModel;
class PatchView;

/// How one number came to be: the sum in words, what the unit looked at, and the account line by line; of a
/// pooling its window. The arrow keys go to the units around it, Page Up and Page Down to
/// the channels before and after.
class UnitPage : public QWidget
{
    Q_OBJECT

public:
    explicit UnitPage(UnitExplainer &explainer, QWidget *parent = nullptr);

    const AccountModel *account() const { return m_account; }

signals:
    void moveRequested(int columns, int rows);
    /// The channel before (-1) or after (+1) the unit's.
    void stepRequested(int by);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    /// As many products as the table shows without scrolling, and the sum in any case.
    void fillTable();
    void setLineHeight();

    UnitExplainer &m_explainer;
    QLabel *m_sum;
    QLabel *m_folding;
    QLabel *m_input;
    PatchView *m_patches;
    AccountModel *m_account;
    QTableView *m_table;
    int m_most = 0; ///< products in the table
};

} // namespace reslens
