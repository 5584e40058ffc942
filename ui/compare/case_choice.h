// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/recent_list.h"
#include "ui/session/session.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace reslens {

class LineTabs;

/// What is compared: two pictures in the window's model, or the picture on screen in two models. A goes with
/// what the window shows, B is chosen.
class CaseChoice : public QWidget
{
    Q_OBJECT

public:
    enum Mode
    {
        Pictures,
        Models
    };

    explicit CaseChoice(Session &session, QWidget *parent = nullptr);

    void setMode(Mode mode);
    Mode mode() const;
    /// Nothing as long as there is nothing to choose from on one of the sides.
    std::optional<std::pair<ComparedCase, ComparedCase>> cases() const;
    /// Compares with this model file; an empty path stands for the embedded model.
    void chooseModel(const QString &path);
    /// Compares with a second model; asks for its file if none is known.
    void chooseModels();

signals:
    void changed();

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// Puts off until the choice is seen: to find the picture for B, files are read.
    void fill();
    void fillPictures();
    /// The picture that B is as long as nobody has chosen another.
    int otherThan(int row, int openCount) const;
    void fillModels();
    void onChosen();
    void swap();
    void askForModel();

    Session &m_session;
    RecentList m_recentModels{QStringLiteral("recent/models")};
    std::vector<PictureSource> m_pictures; ///< to choose from: those that are open, then the samples
    LineTabs *m_mode;
    QComboBox *m_a;
    QComboBox *m_b;
    QToolButton *m_swap;
    bool m_isStale = true;                 ///< is to be filled before it is seen
    std::optional<PictureSource> m_chosen; ///< for B, by the user
    QString m_model;                       ///< the second model's file, while it is chosen
};

} // namespace reslens
