// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/map_export.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace reslens {

/// Asks which tensors of a block to save, and as what: one HDF5 file, or a folder of values and pictures.
class TensorsDialog : public QDialog
{
    Q_OBJECT

public:
    TensorsDialog(BlockMapsPtr maps, QWidget *parent);

    /// Of the tensors that are ticked, in BlockMaps::maps.
    std::vector<int> positions() const;

signals:
    void chosen(const reslens::TensorExport &wanted);

private:
    void refresh();
    void askForFile();
    void askForFolder();
    void finish(const TensorTarget &target);

    BlockMapsPtr m_maps;
    QListWidget *m_list;
    std::vector<QPushButton *> m_saves;
};

} // namespace reslens
