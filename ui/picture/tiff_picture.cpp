// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/tiff_picture.h"

#include "ui/picture/refusal.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include <tiffio.h>

namespace reslens {
namespace {

/// libtiff reads from the memory that mapData() hands out; the rest is asked for, but hardly used.
struct Source
{
    const QByteArray &data;
    toff_t position = 0;

    static Source &of(thandle_t handle) { return *static_cast<Source *>(handle); }
};

tmsize_t readData(thandle_t handle, void *target, tmsize_t size)
{
    Source &source = Source::of(handle);
    const auto left = tmsize_t(source.data.size()) - tmsize_t(source.position);
    const tmsize_t count = std::clamp<tmsize_t>(left, 0, size);
    std::memcpy(target, source.data.constData() + source.position, std::size_t(count));
    source.position += toff_t(count);
    return count;
}

tmsize_t writeNothing(thandle_t, void *, tmsize_t)
{
    return 0;
}

toff_t seekTo(thandle_t handle, toff_t offset, int whence)
{
    Source &source = Source::of(handle);
    const toff_t base = whence == SEEK_CUR   ? source.position
                        : whence == SEEK_END ? toff_t(source.data.size())
                                             : 0;
    return source.position = std::min(base + offset, toff_t(source.data.size()));
}

int closeNothing(thandle_t)
{
    return 0;
}

toff_t sizeOf(thandle_t handle)
{
    return toff_t(Source::of(handle).data.size());
}

int mapData(thandle_t handle, void **start, toff_t *size)
{
    *start = const_cast<char *>(Source::of(handle).data.constData());
    *size = sizeOf(handle);
    return 1;
}

void unmapNothing(thandle_t, void *, toff_t) {}

struct CloseTiff
{
    void operator()(TIFF *tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, CloseTiff>;

quint16 field(TIFF *tiff, quint32 tag)
{
    quint16 value = 0;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

struct Layout
{
    int width;
    int height;
    int samples;
    int bytes;        ///< a sample
    bool isPlanar;    ///< each sample has a plane of its own
    bool isInverted;  ///< grey whose zero is white
    int transparency; ///< which sample that is, or -1
    bool premultiplied;
    ColourModel model;

    int colours() const { return model == ColourModel::Grey ? 1 : model == ColourModel::Rgb ? 3 : 4; }
};

void checkSamples(TIFF *tiff, const QString &name)
{
    const quint16 bits = field(tiff, TIFFTAG_BITSPERSAMPLE);
    const quint16 format = field(tiff, TIFFTAG_SAMPLEFORMAT);
    const bool isWhole = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
    const char *found = isWhole                         ? "whole"
                        : format == SAMPLEFORMAT_INT    ? "signed"
                        : format == SAMPLEFORMAT_IEEEFP ? "fractional"
                                                        : "complex";
    if (bits > 16 || !isWhole)
        refuse(
            ErrorKind::Unsupported, name,
            QStringLiteral("has samples that are %1 numbers of %2 bits; expected whole numbers from 0 up of "
                           "at most 16 bits")
                .arg(QLatin1String(found))
                .arg(bits));
}

/// What the samples after the colours are for. Ones without a meaning are no transparency.
void findTransparency(TIFF *tiff, Layout &layout)
{
    quint16 count = 0;
    quint16 *kinds = nullptr;
    if (!TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) || count == 0)
        return;
    layout.premultiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
    // The four bytes of a pixel are all taken in CMYK.
    if (kinds[0] != EXTRASAMPLE_UNSPECIFIED && layout.model != ColourModel::Cmyk)
        layout.transparency = layout.colours();
}

std::optional<Layout> layoutOf(TIFF *tiff)
{
    constexpr int mostSamples = 16;
    quint32 width = 0;
    quint32 height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    const quint16 photometric = field(tiff, TIFFTAG_PHOTOMETRIC);
    const quint16 bits = field(tiff, TIFFTAG_BITSPERSAMPLE);
    const bool isGrey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
    if ((bits != 8 && bits != 16) ||
        (!isGrey && photometric != PHOTOMETRIC_RGB && photometric != PHOTOMETRIC_SEPARATED))
        return {};
    Layout layout{int(width),
                  int(height),
                  field(tiff, TIFFTAG_SAMPLESPERPIXEL),
                  bits / 8,
                  field(tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE,
                  photometric == PHOTOMETRIC_MINISWHITE,
                  -1,
                  false,
                  isGrey                           ? ColourModel::Grey
                  : photometric == PHOTOMETRIC_RGB ? ColourModel::Rgb
                                                   : ColourModel::Cmyk};
    findTransparency(tiff, layout);
    if (layout.samples < std::max(layout.colours(), layout.transparency + 1) || layout.samples > mostSamples)
        return {};
    return layout;
}

/// Fills an image's pixels, four numbers each, from rows of samples.
class SampleSink
{
public:
    SampleSink(const Layout &layout, const QString &name);

    /// A piece of a row from x on. `sample` says which one the plane holds; 0 for all of them interleaved.
    void put(const uchar *row, int x, int y, int count, int sample);
    QImage take() { return std::move(m_image); }

private:
    template <typename Number>
    void put(const Number *row, Number *pixels, int count, int sample) const;
    template <typename Number>
    void putChannel(const Number *samples, int stride, Number *pixels, int count, int sample) const;

    Layout m_layout;
    QImage m_image;
};

QImage::Format formatOf(const Layout &layout)
{
    if (layout.model == ColourModel::Cmyk)
        return layout.bytes == 1 ? QImage::Format_RGBA8888 : QImage::Format_RGBA64;
    if (layout.transparency < 0)
        return layout.bytes == 1 ? QImage::Format_RGBX8888 : QImage::Format_RGBX64;
    if (layout.premultiplied)
        return layout.bytes == 1 ? QImage::Format_RGBA8888_Premultiplied
                                 : QImage::Format_RGBA64_Premultiplied;
    return layout.bytes == 1 ? QImage::Format_RGBA8888 : QImage::Format_RGBA64;
}

SampleSink::SampleSink(const Layout &layout, const QString &name)
    : m_layout(layout), m_image(makeImage(QSize(layout.width, layout.height), formatOf(layout), name))
{
    m_image.fill(Qt::white);
}

void SampleSink::put(const uchar *row, int x, int y, int count, int sample)
{
    uchar *pixels = m_image.scanLine(y) + qsizetype(x) * 4 * m_layout.bytes;
    if (m_layout.bytes == 1)
        put<quint8>(row, pixels, count, sample);
    else
        put<quint16>(reinterpret_cast<const quint16 *>(row), reinterpret_cast<quint16 *>(pixels), count,
                     sample);
}

template <typename Number>
void SampleSink::put(const Number *row, Number *pixels, int count, int sample) const
{
    if (m_layout.isPlanar)
        return putChannel(row, 1, pixels, count, sample);
    for (int s = 0; s < m_layout.samples; ++s)
        putChannel(row + s, m_layout.samples, pixels, count, s);
}

template <typename Number>
void SampleSink::putChannel(const Number *samples, int stride, Number *pixels, int count, int sample) const
{
    const bool isColour = sample < m_layout.colours();
    if (!isColour && sample != m_layout.transparency)
        return;
    const Number inversion = isColour && m_layout.isInverted ? Number(~Number(0)) : Number(0);
    const int first = isColour ? sample : 3;
    const int last = isColour && m_layout.model == ColourModel::Grey ? 2 : first;
    for (int i = 0; i < count; ++i)
        for (int channel = first; channel <= last; ++channel)
            pixels[qsizetype(i) * 4 + channel] = Number(samples[qsizetype(i) * stride] ^ inversion);
}

bool readStrips(TIFF *tiff, const Layout &layout, SampleSink &sink)
{
    std::vector<uchar> row(std::size_t(TIFFScanlineSize(tiff)));
    for (int sample = 0; sample < (layout.isPlanar ? layout.samples : 1); ++sample)
        for (int y = 0; y < layout.height; ++y) {
            if (TIFFReadScanline(tiff, row.data(), quint32(y), quint16(sample)) < 0)
                return false;
            sink.put(row.data(), 0, y, layout.width, sample);
        }
    return true;
}

bool readTile(TIFF *tiff, const Layout &layout, SampleSink &sink, std::vector<uchar> &tile, const QRect &area,
              int sample)
{
    if (TIFFReadTile(tiff, tile.data(), quint32(area.x()), quint32(area.y()), 0, quint16(sample)) < 0)
        return false;
    const auto rowSize = std::size_t(TIFFTileRowSize(tiff));
    for (int row = 0; row < std::min(area.height(), layout.height - area.y()); ++row)
        sink.put(tile.data() + std::size_t(row) * rowSize, area.x(), area.y() + row,
                 std::min(area.width(), layout.width - area.x()), sample);
    return true;
}

bool readTiles(TIFF *tiff, const Layout &layout, SampleSink &sink)
{
    quint32 width = 0;
    quint32 height = 0;
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
    // A tile may reach beyond the picture, but one far larger is none, and would take memory for nothing.
    constexpr quint32 longestSide = 1 << 20;
    constexpr tmsize_t alwaysTaken = tmsize_t(64) << 20;
    const tmsize_t wanted = tmsize_t(layout.width) * layout.height * layout.samples * layout.bytes;
    const tmsize_t size = TIFFTileSize(tiff);
    if (width == 0 || height == 0 || width > longestSide || height > longestSide || size <= 0 ||
        size > std::max(alwaysTaken, 2 * wanted))
        return false;
    std::vector<uchar> tile(static_cast<std::size_t>(size));
    for (int sample = 0; sample < (layout.isPlanar ? layout.samples : 1); ++sample)
        for (int y = 0; y < layout.height; y += int(height))
            for (int x = 0; x < layout.width; x += int(width))
                if (!readTile(tiff, layout, sink, tile, QRect(x, y, int(width), int(height)), sample))
                    return false;
    return true;
}

/// The profiles' tables are of 8 bits a sample in effect, and so is what the network sees.
void makeCmykShallow(QImage &image, const QString &name)
{
    QImage shallow = makeImage(image.size(), QImage::Format_RGBA8888, name);
    for (int y = 0; y < image.height(); ++y) {
        const auto *from = reinterpret_cast<const quint16 *>(image.constScanLine(y));
        std::transform(from, from + qsizetype(image.width()) * 4, shallow.scanLine(y),
                       [](quint16 value) { return uchar((value + 128) / 257); });
    }
    image = std::move(shallow);
}

QByteArray profileOf(TIFF *tiff)
{
    quint32 size = 0;
    void *profile = nullptr;
    return TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &size, &profile)
               ? QByteArray(static_cast<const char *>(profile), qsizetype(size))
               : QByteArray();
}

} // namespace

std::optional<DecodedPicture> readTiff(const QByteArray &data, const QString &name)
{
    Source source{data};
    const Tiff tiff(TIFFClientOpen("", "r", &source, readData, writeNothing, seekTo, closeNothing, sizeOf,
                                   mapData, unmapNothing));
    if (!tiff)
        return {};
    checkSamples(tiff.get(), name);
    const std::optional<Layout> layout = layoutOf(tiff.get());
    if (!layout) {
        // Qt reads the rest through libtiff's own conversion.
        std::array<char, 1024> reason{};
        if (!TIFFRGBAImageOK(tiff.get(), reason.data()))
            refuse(ErrorKind::Unsupported, name,
                   QStringLiteral("is a TIFF of an unsupported kind (libtiff: \"%1\")")
                       .arg(QString::fromLatin1(reason.data())));
        return {};
    }
    checkSize(QSize(layout->width, layout->height), name);
    SampleSink sink(*layout, name);
    if (!(TIFFIsTiled(tiff.get()) ? readTiles : readStrips)(tiff.get(), *layout, sink))
        refuse(ErrorKind::Damaged, name, QStringLiteral("is damaged: its TIFF data cannot be decoded"));
    DecodedPicture picture{sink.take(), layout->model, profileOf(tiff.get()),
                           field(tiff.get(), TIFFTAG_ORIENTATION)};
    if (layout->model == ColourModel::Cmyk && layout->bytes == 2)
        makeCmykShallow(picture.image, name);
    return picture;
}

void silenceLibtiff()
{
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
}

} // namespace reslens
