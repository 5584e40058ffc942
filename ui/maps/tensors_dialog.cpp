// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/tensors_dialog.h"

#include "ui/format.h"
#include "ui/maps/tensor_tabs.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace reslens {
namespace {

QString exportFolder()
{
    return QSettings().value(QStringLiteral("exportFolder"), QDir::homePath()).toString();
}

} // namespace

TensorsDialog::TensorsDialog(BlockMapsPtr maps, QWidget *parent)
    : QDialog(parent), m_maps(std::move(maps)), m_list(new QListWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save tensors of %1").arg(m_maps->block));
    m_list->setAccessibleName(tr("Tensors of %1").arg(m_maps->block));
    for (const BlockMaps::Map &map : m_maps->maps) {
        auto *item = new QListWidgetItem(
            QStringLiteral("%1   %2").arg(map.name, formatShape(map.tensor->shape())), m_list);
        item->setToolTip(explainTensor(m_maps->block, map.name));
        item->setCheckState(Qt::Checked);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    const auto addSave = [&](const QString &text, const QString &tip, void (TensorsDialog::*ask)()) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, ask);
        m_saves.push_back(button);
    };
    addSave(tr("One .h5 file…"), tr("A dataset for each tensor, and a JSON file that says what it is"),
            &TensorsDialog::askForFile);
    addSave(tr("A folder…"),
            tr("For each tensor its values (.npy), a picture of all channels (.png) and a "
               "JSON file that says what it is"),
            &TensorsDialog::askForFolder);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemChanged, this, &TensorsDialog::refresh);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Grid, 2 * Grid, 2 * Grid, 2 * Grid);
    layout->setSpacing(Grid);
    layout->addWidget(quietLabel(tr("With their values, where they come from, and the hashes of the "
                                    "picture and the model.")));
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    refresh();
}

std::vector<int> TensorsDialog::positions() const
{
    std::vector<int> positions;
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->checkState() == Qt::Checked)
            positions.push_back(row);
    return positions;
}

void TensorsDialog::refresh()
{
    for (QPushButton *button : m_saves)
        button->setEnabled(!positions().empty());
}

void TensorsDialog::askForFile()
{
    auto *dialog = new QFileDialog(this, windowTitle(), exportFolder(), tr("HDF5 file (*.h5)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("h5"));
    dialog->selectFile(m_maps->block + QStringLiteral(".h5"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { finish({.kind = TensorTarget::Kind::Hdf5, .path = file}); });
    dialog->open();
}

void TensorsDialog::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder in which %1 is made").arg(m_maps->block), exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        finish(
            {.kind = TensorTarget::Kind::Folder, .path = QDir(folder).filePath(m_maps->block), .png = true});
    });
    dialog->open();
}

void TensorsDialog::finish(const TensorTarget &target)
{
    QSettings().setValue(QStringLiteral("exportFolder"), QFileInfo(target.path).absolutePath());
    emit chosen({m_maps, positions(), target});
    accept();
}

} // namespace reslens
