// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/model_page.h"

#include "ui/base/remembered_names.h"
#include "ui/model_page/class_table.h"
#include "ui/model_page/layer_table.h"
#include "ui/model_page/model_facts.h"
#include "ui/model_page/official_panel.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/weights/official_weights.h"
#include "ui/widgets/line_tabs.h"
#include "ui/widgets/quiet_table.h"
#include "ui/widgets/text_button.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace reslens {

ModelPage::ModelPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_layers(new LayerTable(this)), m_classes(new ClassTable(this)),
      m_title(headingLabel()), m_about(quietLabel()), m_facts(new ModelFacts), m_tabs(new LineTabs),
      m_parts(new QStackedWidget), m_search(new QLineEdit), m_classCount(quietLabel()),
      m_names(
          textButton(QStringLiteral("open"), tr("Class names…"),
                     tr("Take the names of the classes from a file: text with one a line, or a JSON list or "
                        "object such as Keras' class_indices"))),
      m_ownNames(textButton(
          QStringLiteral("reset"), tr("The model's own"),
          tr("Forget the chosen file: back to the names that the model has or that lie beside it"))),
      m_compare(textButton(QStringLiteral("compare"), tr("Compare…"),
                           tr("See what a second model makes of the same picture, side by side"))),
      m_embedded(textButton(QStringLiteral("model"), tr("Embedded model"),
                            tr("Go back to the network that comes with this program")))
{
    m_about->setWordWrap(true);
    m_about->setAlignment(Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    auto *facts = new QVBoxLayout;
    facts->setContentsMargins(Inset, 0, 0, 0);
    facts->addWidget(makeHeader());
    facts->addWidget(m_about);
    facts->addWidget(m_facts);
    layout->addLayout(facts);
    layout->addSpacing(Grid);
    layout->addWidget(makeParts(), 1);

    connect(&session, &Session::modelChanged, this, &ModelPage::refresh);
    refresh();
}

QWidget *ModelPage::makeHeader()
{
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    auto *open = textButton(QStringLiteral("open"), tr("Open file…"),
                            tr("Load another model that Keras saved; it can also be dropped on the window"));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_embedded);
    layout->addWidget(m_compare);
    layout->addWidget(open);
    connect(m_compare, &QToolButton::clicked, this, &ModelPage::compareRequested);
    connect(open, &QToolButton::clicked, this, &ModelPage::openRequested);
    connect(m_embedded, &QToolButton::clicked, this, [this] { emit modelChosen({}); });
    return header;
}

void ModelPage::showClasses()
{
    m_tabs->setCurrentIndex(m_classesPart);
}

void ModelPage::addPart(QWidget *part, const QString &title)
{
    m_parts->addWidget(part);
    m_tabs->addTab(title);
}

QWidget *ModelPage::makeParts()
{
    m_tabs->setAccessibleName(tr("Parts of the model"));
    QTableView *layers =
        quietTable(m_layers, tr("Blocks with the size of their output and their layers"), LayerTable::Widths);
    connect(layers, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit blockRequested(index.data(LayerTable::BlockRole).toString());
    });
    addPart(layers, tr("Blocks"));
    addPart(makeClasses(), tr("Classes"));
    m_classesPart = m_tabs->count() - 1;
    addPart(makeOfficial(), tr("Official weights"));
    connect(m_tabs, &QTabBar::currentChanged, m_parts, &QStackedWidget::setCurrentIndex);
    auto *parts = new QWidget;
    auto *layout = new QVBoxLayout(parts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_tabs);
    m_parts->setContentsMargins(Inset, 0, 0, 0);
    layout->addWidget(m_parts, 1);
    return parts;
}

QWidget *ModelPage::makeClasses()
{
    auto *found = new QSortFilterProxyModel(this);
    found->setSourceModel(m_classes);
    found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    found->setFilterKeyColumn(-1);
    m_search->setPlaceholderText(tr("Search the classes"));
    m_search->setAccessibleName(tr("Search the classes"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(32 * Grid);
    connect(m_search, &QLineEdit::textChanged, found, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_names, &QToolButton::clicked, this, &ModelPage::chooseClassNames);
    connect(m_ownNames, &QToolButton::clicked, this, &ModelPage::forgetClassNames);
    QTableView *table = quietTable(found, tr("Classes that the network knows"), ClassTable::Name);
    table->setToolTip(tr("Enter, or a double click, shows what in the picture speaks for the class"));
    connect(table, &QTableView::activated, this, [this](const QModelIndex &index) {
        m_session.explainer().explain(index.siblingAtColumn(ClassTable::Index).data().toInt());
    });

    auto *line = new QHBoxLayout;
    line->setSpacing(2 * Grid);
    line->addWidget(m_search, 1);
    line->addWidget(m_classCount, 1);
    line->addWidget(m_ownNames);
    line->addWidget(m_names);
    auto *classes = new QWidget;
    auto *layout = new QVBoxLayout(classes);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(line);
    layout->addWidget(table, 1);
    return classes;
}

void ModelPage::addOfficial(QLayout *layout, bool top, const QString &title)
{
    auto *file = new OfficialFile(officialWeights(top), officialWeights(!top), this);
    auto *panel = new OfficialPanel(file, title);
    layout->addWidget(panel);
    connect(panel, &OfficialPanel::modelChosen, this,
            [this](const QString &path) { emit modelChosen(path); });
    m_official.push_back(file);
}

QWidget *ModelPage::makeOfficial()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, Grid, 0);
    layout->setSpacing(3 * Grid);
    addOfficial(layout, true, tr("ImageNet, 1000 classes"));
    addOfficial(layout, false, tr("Without classes (“no top”)"));
    QStringList folders;
    for (const QString &folder : weightsFolders())
        folders << QDir::toNativeSeparators(folder);
    QLabel *searched = quietLabel(
        tr("Looked for in %1. Downloads go to the first.").arg(folders.join(QStringLiteral(", "))));
    searched->setWordWrap(true);
    makeSelectable(searched);
    layout->addWidget(searched);
    layout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    for (QWidget *widget : {scroll->viewport(), content})
        widget->setAutoFillBackground(false);
    return scroll;
}

void ModelPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    for (OfficialFile *file : m_official)
        file->look();
}

void ModelPage::refresh()
{
    const ModelSummaryPtr model = m_session.model();
    m_layers->setModel(model);
    m_classes->setModel(model);
    m_facts->setModel(model);
    m_title->setText(model ? QString::fromStdString(model->info.name) : tr("Loading the model…"));
    m_about->setText(model ? QString::fromStdString(model->info.about).trimmed() : QString());
    m_about->setVisible(!m_about->text().isEmpty());
    m_embedded->setVisible(model && !model->embedded);
    m_compare->setEnabled(model != nullptr);
    const int classes = m_classes->rowCount();
    m_classCount->setText(classes > 0 ? tr("%1 classes").arg(QLocale().toString(classes))
                          : model     ? tr("No classes: the file has no classification head")
                                      : QString());
    m_search->setVisible(classes > 0);
    m_names->setEnabled(classes > 0);
    m_ownNames->setVisible(model && !rememberedClassNames(model->path()).isEmpty());
}

void ModelPage::chooseClassNames()
{
    const ModelSummaryPtr model = m_session.model();
    const QString path = model->path();
    auto *dialog =
        new QFileDialog(window(), tr("Choose the names of the %1 classes").arg(m_classes->rowCount()),
                        QFileInfo(path).absolutePath(), tr("Class names (*.txt *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, path](const QString &names) { emit modelChosen(path, names); });
    dialog->open();
}

void ModelPage::forgetClassNames()
{
    const QString path = m_session.model()->path();
    rememberClassNames(path, {});
    emit modelChosen(path);
}

} // namespace reslens
