// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/export_menu.h"

#include "ui/base/save_dialog.h"
#include "ui/maps/tensors_dialog.h"
#include "ui/theme/icons.h"

namespace reslens {
namespace {

QString scopeName(const std::optional<MapExport> &wanted)
{
    if (!wanted)
        return {};
    const int count = int(wanted->channels.size());
    if (count == 1)
        return ExportMenu::tr("channel %1").arg(wanted->channels.front());
    return count == int(wanted->map().channels.size()) ? ExportMenu::tr("all %1 channels").arg(count)
                                                       : ExportMenu::tr("%1 channels").arg(count);
}

} // namespace

QString fileNameFor(const MapExport &wanted)
{
    const QString tensor = QString(wanted.map().address).replace(u'/', u'_');
    const std::size_t count = wanted.channels.size();
    if (count == wanted.map().channels.size())
        return tensor;
    return count == 1 ? QStringLiteral("%1_ch%2").arg(tensor).arg(wanted.channels.front())
                      : QStringLiteral("%1_%2_channels").arg(tensor).arg(count);
}

ExportMenu::ExportMenu(Session &session, Scope scope, QWidget *parent)
    : QMenu(parent), m_session(session), m_scope(std::move(scope))
{
    setToolTipsVisible(true);
    m_picture = addAction(QString(), this, [this] { save(Form::Picture); });
    m_picture->setToolTip(
        tr("A PNG file with the colours of the screen, and a JSON file that says what it is"));
    m_values = addAction(QString(), this, [this] { save(Form::Values); });
    m_values->setToolTip(tr("float32, height × width × channels, for NumPy or HDF5, and a JSON file"));
    m_tensors = addAction(tr("Save tensors…"), this, &ExportMenu::saveTensors);
    m_tensors->setToolTip(
        tr("All tensors of the block, or any of several blocks, as one HDF5 file or as a folder"));
    addSeparator();
    m_copy = addAction(themedIcon(QStringLiteral("copy")), QString(), this, &ExportMenu::copy);
    connect(this, &QMenu::aboutToShow, this, &ExportMenu::describe);
}

void ExportMenu::describe()
{
    const QString picture = scopeName(m_scope(Form::Picture));
    m_picture->setText(tr("Save a picture of %1…").arg(picture));
    m_values->setText(tr("Save the values of %1…").arg(scopeName(m_scope(Form::Values))));
    m_copy->setText(tr("Copy a picture of %1").arg(picture));
    for (QAction *action : {m_picture, m_values, m_copy})
        action->setEnabled(!picture.isEmpty());
    m_tensors->setEnabled(m_session.maps() != nullptr);
}

void ExportMenu::copy()
{
    if (const std::optional<MapExport> wanted = m_scope(Form::Picture))
        m_session.exporter().copyChannels(*wanted);
}

void ExportMenu::saveTensors()
{
    askForTensors(m_session, m_session.openedBlock(), parentWidget()->window());
}

void ExportMenu::save(Form form)
{
    const std::optional<MapExport> wanted = m_scope(form);
    if (!wanted)
        return;
    const QStringList filters = form == Form::Picture
                                    ? QStringList{tr("PNG picture (*.png)")}
                                    : QStringList{tr("NumPy array (*.npy)"), tr("HDF5 file (*.h5)")};
    askWhereToSave(parentWidget()->window(), tr("Save %1").arg(scopeName(wanted)), fileNameFor(*wanted),
                   filters, [session = &m_session, wanted = *wanted](const QString &file, int) {
                       MapExport complete = wanted;
                       complete.file = file;
                       session->exporter().saveChannels(complete);
                   });
}

} // namespace reslens
