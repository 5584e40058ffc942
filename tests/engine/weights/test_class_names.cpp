// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network.h"
#include "engine/weights/class_names.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/keras_file_writer.h"

#include <QFile>
#include <QTemporaryDir>

using namespace reslens;
using namespace reslens::test;

class TestClassNames : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsEveryForm_data();
    void readsEveryForm();
    void explainsWhatIsWrong_data();
    void explainsWhatIsWrong();
    void findsFilesBesideTheModel_data();
    void findsFilesBesideTheModel();
    void ignoresAnotherModelsNames();
    void takesTheChosenFile();

private:
    std::string store(const QString &name, const QByteArray &bytes) const;
    std::string storeModel(const QString &name) const
    {
        const std::string path = m_folder->filePath(name).toStdString();
        writeKerasFile(path, randomNetwork(Architecture::standard(0.05, 1, 1, 1, 3)), {.inputSize = 75});
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestClassNames::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::string TestClassNames::store(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName().toStdString();
}

void TestClassNames::readsEveryForm_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("wnids");

    const auto row = [](const char *form, const char *name, const QByteArray &bytes,
                        const char *wnids = "||") { QTest::newRow(form) << name << bytes << wnids; };
    row("lines", "a.txt", "ant\nWeißstorch\nsea cow\n");
    row("no last line break, Windows' ends", "a.txt",
        "\xEF\xBB\xBF"
        "ant\r\nWeißstorch \r\nsea cow\r\n\r\n");
    row("list", "a.json", R"(["ant", "Weißstorch", "sea cow"])");
    row("by index", "a.json", R"({"2": "sea cow", "0": "ant", "1": "Weißstorch"})");
    row("by name", "a.json", R"({"sea cow": 2, "ant": 0, "Weißstorch": 1})");
    row("class index", "a.json", R"({"0": ["n0", "ant"], "1": ["n1", "Weißstorch"], "2": ["n2", "sea cow"]})",
        "n0|n1|n2");
    row("list of pairs", "a.json", R"([["n0", "ant"], ["n1", "Weißstorch"], ["n2", "sea cow"]])", "n0|n1|n2");
}

void TestClassNames::readsEveryForm()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, wnids);
    const std::vector<ClassLabel> labels = readClassNames(store(name, bytes), 3);
    const std::vector<std::string> expected{"ant", "Weißstorch", "sea cow"};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(labels[i].name, expected[i]);
        QCOMPARE(QString::fromStdString(labels[i].wnid), wnids.split('|')[qsizetype(i)]);
    }
}

void TestClassNames::explainsWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    using enum ErrorKind;
    const auto row = [](const char *name, const QByteArray &bytes, ErrorKind kind, const char *parts) {
        QTest::newRow(parts) << name << bytes << kind << parts;
    };
    row("a.txt", "ant\nbee\n", WrongShape, "a.txt names 2 classes|expected|3");
    row("a.txt", "", WrongShape, "a.txt names 0 classes");
    row("a.txt", QByteArray(17 << 20, 'a'), Damaged, "a.txt is too large|expected 16 MiB");
    row("a.txt", "ant\n\nbee", Damaged, "Line 2 of a.txt is empty");
    row("a.txt", "ant\nbee\nWei\xDFstorch", Damaged, "Line 3 of a.txt is not UTF-8");
    row("a.json", R"(["ant", "bee", "cat", "dog"])", WrongShape, "a.json names 4 classes|3");
    row("a.json", "{}", WrongShape, "a.json names 0 classes");
    row("a.json", R"(["ant", "bee)", Damaged, "a.json is not a JSON list of class names");
    row("a.json", R"(["ant", 7, "cat"])", Damaged, "a.json|(");
    row("a.json", R"("ant")", Damaged, "a.json|not a JSON list");
    row("a.json", R"({"0": "ant", "1": "bee", "3": "cat"})", Damaged, "entry \"3\" of a.json|0 to 2");
    row("a.json", R"({"ant": 0, "bee": 1, "cat": 1})", Damaged, "entry \"cat\" of a.json");
    row("a.json", R"({"ant": 0, "bee": -1, "cat": 1})", Damaged, "entry \"bee\" of a.json");
}

void TestClassNames::explainsWhatIsWrong()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, parts);
    const std::string path = store(name, bytes);
    const auto error = errorOf([&] { readClassNames(path, 3); });
    QVERIFY(error);
    for (const QString &part : parts.split('|'))
        QVERIFY2(QString(error->what()).contains(part), error->what());
    QVERIFY2(error->kind() == kind, error->what());
    const auto missing = errorOf([&] { readClassNames(path + "x", 3); });
    QVERIFY(missing && missing->kind() == ErrorKind::FileMissing);
}

void TestClassNames::findsFilesBesideTheModel_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"m.weights.h5.classes.txt", "m.weights.classes.txt", "m.classes.txt", "class_names.txt"})
        QTest::newRow(name) << name;
}

void TestClassNames::findsFilesBesideTheModel()
{
    QFETCH(const QString, name);
    const std::string model = storeModel("m.weights.h5");
    QCOMPARE(Network::load(model)->info().classes[1].name, "class 1");
    store(name, "ant\nbee\ncat");
    const ModelInfo info = Network::load(model)->info();
    QVERIFY(info.namedClasses);
    QCOMPARE(info.classes[1].name, "bee");
}

void TestClassNames::ignoresAnotherModelsNames()
{
    const std::string model = storeModel("m.h5");
    store("class_names.txt", "ant\nbee");
    store("class_names.json", R"({"classes": ["ant", "bee", "cat"]})");
    QVERIFY(!Network::load(model)->info().namedClasses);
    store("m.classes.txt", "ant\nbee");
    const auto error = errorOf([&] { Network::load(model); });
    QVERIFY(error && error->kind() == ErrorKind::WrongShape);
    QVERIFY(QString(error->what()).contains("m.classes.txt names 2 classes"));
}

void TestClassNames::takesTheChosenFile()
{
    const std::string model = storeModel("m.h5");
    store("m.classes.txt", "no longer\nthe right number");
    LoadOptions options;
    options.classNames = store("mine.json", R"({"x": 0, "y": 1, "z": 2})");
    QCOMPARE(Network::load(model, options)->info().classes[2].name, "z");
    options.classNames = store("mine.txt", "x\ny\n");
    const auto error = errorOf([&] { Network::load(model, options); });
    QVERIFY(error && error->kind() == ErrorKind::WrongShape);
}

QTEST_APPLESS_MAIN(TestClassNames)
#include "test_class_names.moc"
