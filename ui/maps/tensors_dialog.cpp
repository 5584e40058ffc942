// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/tensors_dialog.h"

#include "ui/base/format.h"
#include "ui/base/save_dialog.h"
#include "ui/maps/tensor_tabs.h"
#include "ui/session/session.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/weights/data_size.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reslens {
namespace {

enum Role
{
    AddressRole = Qt::UserRole,
    BytesRole,
    IsOutputRole
};

QTreeWidgetItem *makeItem(const QString &name, const Shape &shape, int height)
{
    auto *item = new QTreeWidgetItem({name, formatShape(shape)});
    item->setSizeHint(0, {0, height});
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    item->setCheckState(0, Qt::Unchecked);
    return item;
}

} // namespace

TensorsDialog::TensorsDialog(const ModelSummary &model, const QString &block, QWidget *parent)
    : QDialog(parent), m_tree(new QTreeWidget), m_total(new QLabel)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save tensors"));
    m_tree->setAccessibleName(tr("Tensors to save, by block"));
    m_tree->setHeaderHidden(true);
    m_tree->setColumnCount(2);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    fill(model, block);
    connect(m_tree, &QTreeWidget::itemChanged, this, &TensorsDialog::refresh);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    const auto addSave = [&](const QString &text, const QString &tip, void (TensorsDialog::*ask)()) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, ask);
        m_saves.push_back(button);
    };
    addSave(tr("One .h5 file…"), tr("A dataset for each tensor, and a JSON file that says what it is"),
            &TensorsDialog::askForFile);
    addSave(tr("A folder of .npy and .png…"),
            tr("For each tensor its values (.npy), a picture of all channels (.png) and a "
               "JSON file that says what it is"),
            &TensorsDialog::askForFolder);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Grid, 2 * Grid, 2 * Grid, 2 * Grid);
    layout->setSpacing(Grid);
    layout->addWidget(quietLabel(tr("With each goes a description: what it is, where it comes from, and the "
                                    "hashes of the picture and the model.")));
    layout->addWidget(m_tree, 1);
    layout->addWidget(makeFoot());
    layout->addWidget(buttons);
    resize(sizeHint().width(), 36 * fontMetrics().height());
    refresh();
}

void TensorsDialog::fill(const ModelSummary &model, const QString &block)
{
    const Description &description = model.description;
    const int height = fontMetrics().height() + Grid / 2;
    for (const Block &each : description.blocks) {
        const QString name = QString::fromStdString(each.name);
        QTreeWidgetItem *parent = makeItem(name, model.shapes[std::size_t(each.output)], height);
        parent->setFlags(parent->flags() | Qt::ItemIsAutoTristate);
        m_tree->addTopLevelItem(parent);
        for (const std::string &address : description.addresses(each)) {
            const Shape &shape = model.shapes[std::size_t(*description.find(address))];
            const QString tensor = QString::fromStdString(address).mid(name.size() + 1);
            QTreeWidgetItem *item = makeItem(tensor, shape, height);
            item->setToolTip(0, explainTensor(name, tensor));
            item->setData(0, AddressRole, QString::fromStdString(address));
            item->setData(0, BytesRole, qulonglong(shape.count() * sizeof(float)));
            item->setData(0, IsOutputRole,
                          tensor == QLatin1String("output") || tensor == QLatin1String("probabilities"));
            parent->addChild(item);
        }
        if (name != block)
            continue;
        parent->setCheckState(0, Qt::Checked);
        parent->setExpanded(true);
        m_tree->setCurrentItem(parent);
    }
    m_tree->scrollToItem(m_tree->currentItem(), QAbstractItemView::PositionAtTop);
}

QWidget *TensorsDialog::makeFoot()
{
    auto *foot = new QWidget;
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    const auto addTick = [&](const QString &text, const QString &tip, bool outputs) {
        auto *button = new QPushButton(text);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, outputs] { tick(outputs); });
        layout->addWidget(button);
    };
    addTick(tr("All outputs"), tr("Tick the output of every block, and nothing else"), true);
    addTick(tr("None"), tr("Tick nothing"), false);
    layout->addStretch();
    layout->addWidget(m_total);
    return foot;
}

std::vector<QTreeWidgetItem *> TensorsDialog::ticked() const
{
    std::vector<QTreeWidgetItem *> items;
    for (int block = 0; block < m_tree->topLevelItemCount(); ++block) {
        const QTreeWidgetItem *parent = m_tree->topLevelItem(block);
        for (int row = 0; row < parent->childCount(); ++row)
            if (parent->child(row)->checkState(0) == Qt::Checked)
                items.push_back(parent->child(row));
    }
    return items;
}

std::vector<std::string> TensorsDialog::addresses() const
{
    std::vector<std::string> addresses;
    for (const QTreeWidgetItem *item : ticked())
        addresses.push_back(item->data(0, AddressRole).toString().toStdString());
    return addresses;
}

void TensorsDialog::tick(bool outputs)
{
    {
        const QSignalBlocker quiet(m_tree);
        for (int block = 0; block < m_tree->topLevelItemCount(); ++block) {
            QTreeWidgetItem *parent = m_tree->topLevelItem(block);
            for (int row = 0; row < parent->childCount(); ++row)
                parent->child(row)->setCheckState(
                    0, outputs && parent->child(row)->data(0, IsOutputRole).toBool() ? Qt::Checked
                                                                                     : Qt::Unchecked);
        }
    }
    m_tree->viewport()->update();
    refresh();
}

void TensorsDialog::refresh()
{
    const std::vector<QTreeWidgetItem *> items = ticked();
    qulonglong bytes = 0;
    for (const QTreeWidgetItem *item : items)
        bytes += item->data(0, BytesRole).toULongLong();
    const QString count = items.size() == 1 ? tr("1 tensor") : tr("%1 tensors").arg(items.size());
    m_total->setText(tr("%1, %2").arg(count, readableSize(qint64(bytes))));
    for (QPushButton *button : m_saves)
        button->setEnabled(!items.empty());
}

QString TensorsDialog::targetName() const
{
    const std::vector<QTreeWidgetItem *> items = ticked();
    const bool oneBlock = std::ranges::all_of(
        items, [&](const QTreeWidgetItem *item) { return item->parent() == items.front()->parent(); });
    return oneBlock ? items.front()->parent()->text(0) : QStringLiteral("tensors");
}

void TensorsDialog::askForFile()
{
    askWhereToSave(
        this, windowTitle(), targetName(), {tr("HDF5 file (*.h5)")},
        [this](const QString &file, int) { finish({.kind = TensorTarget::Kind::Hdf5, .path = file}); });
}

void TensorsDialog::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder in which %1 is made").arg(targetName()), exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        rememberExport(QDir(folder).filePath(targetName()));
        finish(
            {.kind = TensorTarget::Kind::Folder, .path = QDir(folder).filePath(targetName()), .png = true});
    });
    dialog->open();
}

void TensorsDialog::finish(const TensorTarget &target)
{
    emit chosen({addresses(), target});
    accept();
}

void askForTensors(Session &session, const QString &block, QWidget *window)
{
    auto *dialog = new TensorsDialog(*session.model(), block, window);
    QObject::connect(dialog, &TensorsDialog::chosen, &session.exporter(), &Exporter::saveTensors);
    dialog->open();
}

} // namespace reslens
