// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/tensor_export.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace reslens {

class Session;

/// Asks which tensors of the network to save, of one block or of several, and as what: one HDF5 file, or a
/// folder of values and pictures.
class TensorsDialog : public QDialog
{
    Q_OBJECT

public:
    /// All tensors of `block` are ticked at first.
    TensorsDialog(const ModelSummary &model, const QString &block, QWidget *parent);

    /// Of the tensors that are ticked, in the network's order.
    std::vector<std::string> addresses() const;

signals:
    void chosen(const reslens::TensorExport &wanted);

private:
    void fill(const ModelSummary &model, const QString &block);
    QWidget *makeFoot();
    void tick(bool outputs);
    void refresh();
    QString targetName() const;
    void askForFile();
    void askForFolder();
    void finish(const TensorTarget &target);
    /// All tensors' items, in the network's order.
    std::vector<QTreeWidgetItem *> ticked() const;

    QTreeWidget *m_tree;
    QLabel *m_total;
    std::vector<QPushButton *> m_saves;
};

/// Opens the dialog over a window, and has the session save what is chosen.
void askForTensors(Session &session, const QString &block, QWidget *window);

} // namespace reslens
