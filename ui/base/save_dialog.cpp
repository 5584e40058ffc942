// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/save_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QSettings>

namespace reslens {
namespace {

const auto Key = QStringLiteral("exportFolder");

QString suffixOf(const QString &filter)
{
    return filter.section(u'.', -1).chopped(1);
}

} // namespace

QString exportFolder()
{
    return QSettings().value(Key, QDir::homePath()).toString();
}

void rememberExport(const QString &file)
{
    QSettings().setValue(Key, QFileInfo(file).absolutePath());
}

void askWhereToSave(QWidget *window, const QString &title, const QString &name, const QStringList &filters,
                    const std::function<void(const QString &file, int filter)> &chosen)
{
    auto *dialog = new QFileDialog(window, title, exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(filters.front()));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog](const QString &filter) { dialog->setDefaultSuffix(suffixOf(filter)); });
    dialog->selectFile(name + u'.' + suffixOf(filters.front()));
    QObject::connect(dialog, &QFileDialog::fileSelected, window, [dialog, chosen](const QString &file) {
        rememberExport(file);
        chosen(file, int(dialog->nameFilters().indexOf(dialog->selectedNameFilter())));
    });
    dialog->open();
}

} // namespace reslens
