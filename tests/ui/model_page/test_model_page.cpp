// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/model_page/class_table.h"
#include "ui/model_page/layer_table.h"
#include "ui/model_page/model_facts.h"
#include "ui/model_page/model_page.h"
#include "ui/weights/model_file.h"

#include <QAbstractItemModelTester>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace reslens;
using test::Desk;

class TestModelPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysWhatTheFileIs();
    void listsBlocksAndLayers();
    void rowsLeadToWhatTheyName();
    void sizesOfBlocksAreWhole();
    void classesCanBeSearched();
    void classNamesComeFromAFile();
    void classNamesAreRemembered();
    void aFileWithoutTopHasNoClasses();
    void theEmbeddedModelIsAButtonAway();

private:
    bool shows(const QString &text) const;
    /// What the table of the classes holds.
    const QAbstractItemModel *classes() const;
    QToolButton *buttonNamed(const QString &text) const;
    void load(const QString &path)
    {
        QSignalSpy changed(m_session.get(), &Session::modelChanged);
        m_session->loadModel(path);
        QTRY_COMPARE(changed.size(), 1);
    }

    Desk m_desk;
    QString m_model = m_desk.model(QStringLiteral("small.h5"));
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ModelPage> m_page;
};

void TestModelPage::init()
{
    m_session = std::make_unique<Session>();
    m_page = std::make_unique<ModelPage>(*m_session);
    connect(m_page.get(), &ModelPage::modelChosen, m_session.get(), &Session::loadModel);
    m_page->resize(800, 600);
    m_page->show();
    load(m_model);
}

void TestModelPage::cleanup()
{
    m_page.reset();
    m_session.reset();
}

bool TestModelPage::shows(const QString &text) const
{
    for (const QLabel *label : m_page->findChildren<QLabel *>())
        if (label->isVisible() && label->text().contains(text))
            return true;
    return false;
}

const QAbstractItemModel *TestModelPage::classes() const
{
    for (const QTableView *table : m_page->findChildren<QTableView *>())
        if (table->accessibleName().startsWith("Classes"))
            return table->model();
    return nullptr;
}

QToolButton *TestModelPage::buttonNamed(const QString &text) const
{
    for (QToolButton *button : m_page->findChildren<QToolButton *>())
        if (button->text() == text)
            return button;
    return nullptr;
}

void TestModelPage::saysWhatTheFileIs()
{
    QVERIFY(shows("small.h5"));
    QVERIFY(shows("weights in the layout of Keras 2 (.h5), "));
    QVERIFY(shows(QFileInfo(m_model).absolutePath()));
    QVERIFY(shows("the file does not say"));
    QVERIFY(shows("75 × 75 pixels"));
    QTRY_VERIFY(shows(sha256Of(m_model)));
}

void TestModelPage::rowsLeadToWhatTheyName()
{
    m_session->openPaths({m_desk.picture(QStringLiteral("a.png"))});
    QTRY_COMPARE(m_session->state(), Session::State::Answered);
    QSignalSpy asked(m_page.get(), &ModelPage::blockRequested);
    for (QTableView *table : m_page->findChildren<QTableView *>()) {
        // A stage's row stands for its first block.
        if (table->accessibleName().startsWith("Blocks"))
            emit table->activated(table->model()->index(2, LayerTable::Parameters));
        else if (table->accessibleName().startsWith("Classes"))
            emit table->activated(table->model()->index(2, ClassTable::Name));
    }
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toString(), QStringLiteral("block35_1"));
    QVERIFY(m_session->explainer().question());
    QCOMPARE(m_session->explainer().question()->subject.classIndex, 2);
}

void TestModelPage::sizesOfBlocksAreWhole()
{
    m_page->resize(400, 600);
    for (QTableView *table : m_page->findChildren<QTableView *>()) {
        if (!table->accessibleName().startsWith("Blocks"))
            continue;
        for (const int column : {LayerTable::Name, LayerTable::Output, LayerTable::Parameters}) {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                const QString text = table->model()->index(row, column).data().toString();
                QTRY_VERIFY(table->columnWidth(column) > table->fontMetrics().horizontalAdvance(text));
            }
        }
    }
}

void TestModelPage::listsBlocksAndLayers()
{
    LayerTable table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table.rowCount(), 0);
    table.setModel(m_session->model());
    // The two residual blocks of each kind are alike.
    QCOMPARE(table.rowCount(), Desk::BlockCount + 1 - 3);
    QCOMPARE(table.index(2, LayerTable::Name).data().toString(), QString("block35 × 2"));
    qint64 parameters = 0;
    for (int row = 0; row < table.rowCount(); ++row)
        parameters += table.index(row, LayerTable::Parameters).data().toString().remove(u',').toLongLong();
    QCOMPARE(parameters, qint64(m_session->model()->info.parameters));
    QCOMPARE(table.index(0, LayerTable::Name).data().toString(), QString("stem"));
    const std::vector<int> &filters = m_session->model()->description.architecture.filters;
    QVERIFY(table.index(0, LayerTable::Widths)
                .data()
                .toString()
                .startsWith(QString("%1 · %2 · %3").arg(filters[0]).arg(filters[1]).arg(filters[2])));
    QVERIFY(table.index(0, LayerTable::Widths)
                .data(Qt::ToolTipRole)
                .toString()
                .startsWith(QString("conv_1: %1").arg(filters[0])));
    table.setModel(nullptr);
    QCOMPARE(table.rowCount(), 0);
}

void TestModelPage::classesCanBeSearched()
{
    ClassTable table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    table.setModel(m_session->model());
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(table.index(2, ClassTable::Name).data().toString(), QString("sea lion"));

    const QAbstractItemModel *shown = classes();
    QCOMPARE(shown->rowCount(), 3);
    m_page->findChild<QLineEdit *>()->setText("LION");
    QCOMPARE(shown->rowCount(), 1);
    QCOMPARE(shown->index(0, ClassTable::Index).data().toInt(), 2);
}

void TestModelPage::classNamesComeFromAFile()
{
    const QString names = m_desk.file("names.txt", "one\ntwo\nthree\n");
    QSignalSpy changed(m_session.get(), &Session::modelChanged);
    buttonNamed("Class names…")->click();
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    emit dialog->fileSelected(names);
    dialog->close();
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(m_session->model()->info.classes[2].name, std::string("three"));
    QCOMPARE(QString::fromStdString(m_session->model()->info.path), m_model);

    // A file that does not fit leaves everything as it is.
    QSignalSpy problem(m_session.get(), &Session::problem);
    m_session->loadModel(m_model, m_desk.file("few.txt", "one\n"));
    QTRY_COMPARE(problem.size(), 1);
    QVERIFY(problem[0][0].toString().contains("few.txt names 1 classes"));
    QCOMPARE(m_session->model()->info.classes[2].name, std::string("three"));
}

void TestModelPage::classNamesAreRemembered()
{
    const auto third = [](const Session &session) { return session.model()->info.classes[2].name; };
    const QString model = m_desk.model(QStringLiteral("named.h5"));
    const QString names = m_desk.file("remembered.txt", "one\ntwo\nthree\n");
    load(model);
    const std::string own = third(*m_session);
    QSignalSpy changed(m_session.get(), &Session::modelChanged);
    m_session->loadModel(model, names);
    QTRY_COMPARE(changed.size(), 1);

    load(model);
    QCOMPARE(third(*m_session), std::string("three"));

    // A model that cannot be read for now keeps its names.
    QSignalSpy problem(m_session.get(), &Session::problem);
    QVERIFY(QFile::rename(model, model + "x"));
    m_session->loadModel(model);
    QTRY_COMPARE(problem.size(), 1);
    QVERIFY(QFile::rename(model + "x", model));
    load(model);
    QCOMPARE(third(*m_session), std::string("three"));

    // The user can go back to the model's own.
    QVERIFY(!buttonNamed("The model's own")->isHidden());
    buttonNamed("The model's own")->click();
    QTRY_COMPARE(third(*m_session), own);
    QVERIFY(buttonNamed("The model's own")->isHidden());

    // What does not fit any more is said once, does not stand in the model's way, and is forgotten.
    m_session->loadModel(model, names);
    QTRY_COMPARE(third(*m_session), std::string("three"));
    m_desk.file("remembered.txt", "one\n");
    load(model);
    QCOMPARE(problem.size(), 2);
    QCOMPARE(third(*m_session), own);
    load(model);
    QCOMPARE(problem.size(), 2);
}

void TestModelPage::aFileWithoutTopHasNoClasses()
{
    load(m_desk.model(QStringLiteral("notop.h5"), false));
    QVERIFY(!buttonNamed("Class names…")->isEnabled());
    QCOMPARE(classes()->rowCount(), 0);
}

void TestModelPage::theEmbeddedModelIsAButtonAway()
{
    QVERIFY(buttonNamed("Embedded model")->isVisible());
    buttonNamed("Embedded model")->click();
    QTRY_VERIFY(m_session->model()->embedded);
    QVERIFY(!buttonNamed("Embedded model")->isVisible());
    QVERIFY(shows("built in"));
    QTRY_VERIFY(shows(sha256Of({})));
}

QTEST_MAIN(TestModelPage)
#include "test_model_page.moc"
