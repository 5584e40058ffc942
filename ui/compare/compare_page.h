// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/difference.h"
#include "ui/session/session.h"

#include <QWidget>
#include <array>

class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace reslens {

class CaseChoice;
class ComparedView;
class TopChart;

/// Two pictures, or two models, side by side: the same channel of both, with one colour scale, one zoom and
/// one pointer, their difference, and the most probable classes of both.
class ComparePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePage(Session &session, QWidget *parent = nullptr);

    CaseChoice *choice() { return m_choice; }
    ComparedView *view(int side) { return m_views[std::size_t(side)]; }
    /// Goes to a block's maps.
    void showBlock(const QString &block);

signals:
    /// The values of both sides at the picked unit; empty without one.
    void pointed(const QString &readout);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeChannelChoice();
    QWidget *makeAnswers();
    QWidget *makeViews();
    QWidget *makeNothing();
    /// The three maps in a row with the answers below, or two and two.
    void arrange(bool wide);
    void connectParts();
    void fillBlocks();
    void ask();
    void onComparison();
    void showNothing();
    void enableChoice();
    void fillTensors();
    void showChannel();
    void showSide(int side, const ComparedSide &compared, std::optional<int> position);
    void showDifference(std::optional<int> a, std::optional<int> b);
    void onUnit();
    void goToMostDifferent();
    QString titleOf(const ComparedCase &what, const ComparedSide &compared) const;
    /// Two models are to be compared, and there is one.
    bool lacksModel() const;
    QString waiting() const;
    std::optional<int> positionIn(const ComparedSide &compared) const;

    Session &m_session;
    CaseChoice *m_choice;
    QComboBox *m_block;
    QComboBox *m_tensor;
    QSpinBox *m_channel;
    QPushButton *m_mostDifferent;
    std::array<ComparedView *, 3> m_views; ///< A, B, their difference
    std::array<PredictionModel *, 2> m_top;
    std::array<TopChart *, 2> m_charts;
    QLabel *m_figures;
    QWidget *m_answers = nullptr;
    QGridLayout *m_grid;
    QStackedWidget *m_stack; ///< what is compared, or why there is nothing
    QLabel *m_waiting;
    QPushButton *m_chooseModel;
    /// At first the one whose maps are many and still look like the picture.
    QString m_preferredBlock = QStringLiteral("mixed_5b");
    QString m_preferredTensor;
    ComparisonPtr m_shown; ///< null while there is nothing to show
};

} // namespace reslens
