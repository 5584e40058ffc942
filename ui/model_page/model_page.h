// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace reslens {

class ClassTable;
class LayerTable;
class LineTabs;
class ModelFacts;
class OfficialFile;

/// The network that answers: what its file is, its blocks and classes; and the official ones, which can be
/// fetched here.
class ModelPage : public QWidget
{
    Q_OBJECT

public:
    explicit ModelPage(Session &session, QWidget *parent = nullptr);

    /// Which classes the network knows, among its parts.
    void showClasses();

signals:
    /// Load another model; an empty path is the embedded one. `classNames` names its classes, or is empty.
    void modelChosen(const QString &path, const QString &classNames = {});
    /// Ask for a model file.
    void openRequested();
    /// See what another model makes of the same picture.
    void compareRequested();
    /// See what this block computes.
    void blockRequested(const QString &block);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeParts();
    QWidget *makeClasses();
    QWidget *makeOfficial();
    void addOfficial(QLayout *layout, bool top, const QString &title);
    void addPart(QWidget *part, const QString &title);
    void refresh();
    void chooseClassNames();
    void forgetClassNames();

    Session &m_session;
    LayerTable *m_layers;
    ClassTable *m_classes;
    QLabel *m_title;
    QLabel *m_about;
    ModelFacts *m_facts;
    LineTabs *m_tabs;
    QStackedWidget *m_parts;
    int m_classesPart = 0; ///< its tab
    QLineEdit *m_search;
    QLabel *m_classCount;
    QToolButton *m_names;
    QToolButton *m_ownNames; ///< visible while chosen names stand in for the file's
    QToolButton *m_compare;
    QToolButton *m_embedded;
    std::vector<OfficialFile *> m_official;
};

} // namespace reslens
