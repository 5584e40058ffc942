// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/official_panel.h"

#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/weights/data_size.h"
#include "ui/weights/download.h"
#include "ui/widgets/text_button.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace reslens {
namespace {

QString folderOf(const OfficialFile &file)
{
    return QDir::toNativeSeparators(QFileInfo(file.path()).absolutePath());
}

} // namespace

QString describeState(const OfficialFile &file)
{
    const QString size = readableSize(file.size());
    switch (file.state()) {
    case OfficialFile::State::Absent:
        return OfficialPanel::tr("Not on this computer");
    case OfficialFile::State::Begun:
        return OfficialPanel::tr("%1 of %2 fetched").arg(size, readableSize(file.total()));
    case OfficialFile::State::Checking:
        return OfficialPanel::tr("Found in %1, checking it…").arg(folderOf(file));
    case OfficialFile::State::Right:
        return OfficialPanel::tr("Found in %1, the checksum is right").arg(folderOf(file));
    case OfficialFile::State::CutShort:
        return OfficialPanel::tr("The file in %1 is cut short: %2 of %3")
            .arg(folderOf(file), size, readableSize(file.file().size));
    case OfficialFile::State::OtherVariant:
        return OfficialPanel::tr("%1 is the other file of the two").arg(QFileInfo(file.path()).fileName());
    case OfficialFile::State::Wrong:
        return OfficialPanel::tr("The file in %1 is another one: its MD5 is %2")
            .arg(folderOf(file), file.foundMd5());
    case OfficialFile::State::Unreadable:
        return OfficialPanel::tr("The file in %1 cannot be read").arg(folderOf(file));
    case OfficialFile::State::Fetching:
        return OfficialPanel::tr("Fetching: %1 of %2").arg(size, readableSize(file.total()));
    }
    return {};
}

OfficialPanel::OfficialPanel(OfficialFile *file, const QString &title, QWidget *parent)
    : QWidget(parent), m_file(file), m_state(new QLabel), m_remark(new QLabel), m_progress(new QProgressBar),
      m_use(textButton(QStringLiteral("model"), tr("Use"), tr("Load this network"))),
      m_fetch(textButton(QStringLiteral("save"), tr("Download"),
                         tr("Fetch the file; what has been fetched before is not fetched again"))),
      m_cancel(textButton(QStringLiteral("cancel"), tr("Stop"), tr("Stop; what has been fetched stays"))),
      m_locate(textButton(QStringLiteral("open"), tr("Locate…"), tr("Point at the file if it is elsewhere")))
{
    m_state->setWordWrap(true);
    m_remark->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Grid / 2 + 2);
    m_progress->setAccessibleName(tr("Progress of the download"));
    QLabel *name = quietLabel(tr("%1 · %2").arg(file->file().name, readableSize(file->file().size)));
    QLabel *checksum = quietLabel(tr("MD5 %1").arg(QString::fromLatin1(file->file().md5)));
    // The name is that of the file.
    QLabel *address =
        quietLabel(tr("From %1").arg(file->file().url.adjusted(QUrl::RemoveFilename).toDisplayString()));
    for (QLabel *label : {name, checksum, address}) {
        makeSelectable(label);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setToolTip(label->text());
    }
    address->setToolTip(file->file().url.toDisplayString());

    auto *header = new QHBoxLayout;
    header->setSpacing(Grid / 2);
    header->addWidget(headingLabel(title));
    header->addStretch();
    for (QToolButton *action : {m_use, m_fetch, m_cancel, m_locate}) {
        header->addWidget(action);
        action->setAccessibleName(tr("%1: %2").arg(action->text(), title));
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    layout->addLayout(header);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_state, m_progress, m_remark, name, checksum, address})
        layout->addWidget(widget);

    connect(m_use, &QToolButton::clicked, this, [this] { emit modelChosen(m_file->path()); });
    connect(m_fetch, &QToolButton::clicked, file, &OfficialFile::fetch);
    connect(m_cancel, &QToolButton::clicked, file, &OfficialFile::cancel);
    connect(m_locate, &QToolButton::clicked, this, &OfficialPanel::locate);
    connect(file, &OfficialFile::changed, this, &OfficialPanel::refresh);
    refresh();
}

void OfficialPanel::refresh()
{
    using State = OfficialFile::State;
    const State state = m_file->state();
    const bool fetching = state == State::Fetching;
    m_state->setText(describeState(*m_file));
    m_remark->setText(m_file->remark());
    m_remark->setVisible(!m_file->remark().isEmpty());
    m_progress->setVisible(fetching);
    m_progress->setRange(0, m_file->total() > 0 ? 1000 : 0);
    if (m_file->total() > 0)
        m_progress->setValue(int(1000 * m_file->size() / m_file->total()));
    // A wrong file may still be a network; what is wrong with it shows when it is loaded.
    m_use->setVisible(state == State::Right || state == State::Wrong || state == State::OtherVariant ||
                      state == State::CutShort);
    m_use->setText(state == State::Right ? tr("Use") : tr("Open anyway"));
    m_fetch->setVisible(!fetching && state != State::Right && state != State::Checking);
    m_fetch->setText(state == State::Begun ? tr("Resume") : tr("Download"));
    m_cancel->setVisible(fetching);
    m_locate->setVisible(!fetching);
}

void OfficialPanel::locate()
{
    auto *dialog = new QFileDialog(window(), tr("Locate %1").arg(m_file->file().name), QDir::homePath(),
                                   tr("Keras models (*.h5 *.hdf5 *.keras);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &OfficialFile::locate);
    dialog->open();
}

} // namespace reslens
