// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trust/verdicts.h"

#include <QWidget>

namespace reslens {

class VerdictChip;

/// All verdicts at a glance: a chip a check, with a sign and a colour. In two lines where one is too narrow.
class VerdictRow : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictRow(QWidget *parent = nullptr);

    void setVerdicts(const Verdicts &verdicts);

    QSize minimumSizeHint() const override { return {0, QWidget::minimumSizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();

    std::array<VerdictChip *, CheckCount> m_chips;
    int m_columns = 0;
};

/// One check: "✓ steady".
class VerdictChip : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictChip(const Check &check);

    void setVerdict(const Verdict &verdict);
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Check m_check;
    std::optional<Holds> m_holds;
};

} // namespace reslens
