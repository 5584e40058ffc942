// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/intake.h"

#include "ui/picture/picture_files.h"
#include "ui/session/session.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/window/incoming.h"

#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

namespace reslens {

namespace {

/// Whatever is proposed: who moves text takes it out of where it was.
void acceptCopy(QDropEvent &event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
}

} // namespace

Intake::Intake(Session &session, QWidget *window)
    : QObject(window), m_session(session), m_window(window), m_overlay(new DropOverlay(window))
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

void Intake::openPaths(const QStringList &paths)
{
    QMimeData mime;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls << QUrl::fromLocalFile(path);
    mime.setUrls(urls);
    take(mime, {});
}

void Intake::take(const QMimeData &mime, const QString &name)
{
    const Incoming incoming = incomingFrom(mime, name);
    if (!incoming.model.isEmpty())
        emit modelChosen(incoming.model);
    if (!incoming.pictures.isEmpty())
        m_session.openPaths(incoming.pictures);
    else if (incoming.picture)
        m_session.openPicture(*incoming.picture);
    if (incoming.isEmpty())
        emit problem(mime.hasUrls()
                         ? tr("Reslens opens files on this computer and loads nothing from the network: save "
                              "the picture first, or copy the picture itself.")
                         : tr("There is no picture, file or path in what was dropped or pasted."));
}

void Intake::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData())
        take(*mime, tr("Pasted picture"));
}

void Intake::askForPictures()
{
    QStringList patterns;
    for (const QString &suffix : pictureSuffixes())
        patterns << QStringLiteral("*.") + suffix;
    auto *dialog =
        new QFileDialog(m_window, tr("Open pictures"), QSettings().value(QStringLiteral("folder")).toString(),
                        tr("Pictures (%1);;All files (*)").arg(patterns.join(u' ')));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList &files) {
        QSettings().setValue(QStringLiteral("folder"), dialog->directory().absolutePath());
        openPaths(files);
    });
    dialog->open();
}

void Intake::askForModel()
{
    const QString keras = QDir::home().filePath(QStringLiteral(".keras/models"));
    auto *dialog = new QFileDialog(m_window, tr("Open a model that Keras saved"),
                                   QDir(keras).exists() ? keras : QString(),
                                   tr("Keras models (*.h5 *.hdf5 *.keras);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Intake::modelChosen);
    dialog->open();
}

bool Intake::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
        onDragEnter(static_cast<QDragEnterEvent &>(*event));
        return true;
    case QEvent::DragLeave:
        m_overlay->hide();
        return true;
    case QEvent::Drop:
        onDrop(static_cast<QDropEvent &>(*event));
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

void Intake::onDragEnter(QDragEnterEvent &event)
{
    // What is dragged out of the window and let go in it has not come from outside.
    if (event.source() || !mayBring(*event.mimeData()))
        return event.ignore();
    acceptCopy(event);
    m_overlay->open(tr("Drop to see what the network sees"));
}

void Intake::onDrop(QDropEvent &event)
{
    m_overlay->hide();
    acceptCopy(event);
    take(*event.mimeData(), tr("Dropped picture"));
}

} // namespace reslens
