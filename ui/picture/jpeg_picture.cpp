// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/jpeg_picture.h"

#include "ui/picture/refusal.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
// After jpeglib.h, which it needs.
#include <jerror.h>

namespace reslens {
namespace {

/// Every viewer opens such files without loss: some bytes that belong to nothing before a marker, headers of
/// later versions, a profile in disorder.
bool isHarmless(const jpeg_error_mgr &errors, qsizetype fileSize)
{
    switch (errors.msg_code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:
    case JWRN_TOO_MUCH_DATA:
        return true;
    case JWRN_EXTRANEOUS_DATA:
        // Cameras pad with a few bytes. More of them is what was left over when the picture was full too
        // early.
        return errors.msg_parm.i[0] < fileSize / 16;
    default:
        return false;
    }
}

bool isUnsupported(int error)
{
    constexpr std::array unsupported{int(JERR_SOF_UNSUPPORTED),    int(JERR_BAD_PRECISION),
                                     int(JERR_EMPTY_IMAGE),        int(JERR_UNKNOWN_MARKER),
                                     int(JERR_CONVERSION_NOTIMPL), int(JERR_COMPONENT_COUNT),
                                     int(JERR_ARITH_NOTIMPL),      int(JERR_FRACT_SAMPLE_NOTIMPL)};
    return std::find(unsupported.begin(), unsupported.end(), error) != unsupported.end();
}

/// libjpeg leaves by longjmp, so nothing with a destructor may live in what it is called from.
class JpegReader
{
public:
    JpegReader(const QByteArray &data, const QString &name);
    ~JpegReader();
    Q_DISABLE_COPY_MOVE(JpegReader)

    DecodedPicture read(int side);

private:
    static void stop(j_common_ptr info);
    static void remark(j_common_ptr info, int level);
    static void keepSilent(j_common_ptr) {}

    void attempt(void (JpegReader::*step)());
    void readHeader();
    void readPixels();
    void findScaledSize() { jpeg_calc_output_dimensions(&m_info); }
    void chooseColours();
    void chooseScale(int side);
    void makeImage();
    [[noreturn]] void fail();

    const QByteArray &m_data;
    const QString &m_name;
    jpeg_decompress_struct m_info{};
    jpeg_error_mgr m_errors{};
    std::jmp_buf m_exit{};
    JOCTET *m_profile = nullptr;
    unsigned m_profileSize = 0;
    DecodedPicture m_picture;
};

JpegReader::JpegReader(const QByteArray &data, const QString &name) : m_data(data), m_name(name)
{
    m_info.err = jpeg_std_error(&m_errors);
    m_errors.error_exit = stop;
    m_errors.emit_message = remark;
    m_errors.output_message = keepSilent;
    m_info.client_data = this;
}

JpegReader::~JpegReader()
{
    jpeg_destroy_decompress(&m_info);
    std::free(m_profile);
}

DecodedPicture JpegReader::read(int side)
{
    attempt(&JpegReader::readHeader);
    checkSize(QSize(int(m_info.image_width), int(m_info.image_height)), m_name);
    chooseColours();
    chooseScale(side);
    attempt(&JpegReader::findScaledSize);
    makeImage();
    attempt(&JpegReader::readPixels);
    if (m_picture.model == ColourModel::Cmyk)
        m_picture.image.invertPixels(QImage::InvertRgba); // as everyone stores it since Adobe did
    m_picture.profile = QByteArray(reinterpret_cast<const char *>(m_profile), qsizetype(m_profileSize));
    return std::move(m_picture);
}

void JpegReader::stop(j_common_ptr info)
{
    std::longjmp(static_cast<JpegReader *>(info->client_data)->m_exit, 1);
}

/// The first loss ends it: headers that claim a hundred times what there is cost nothing then.
void JpegReader::remark(j_common_ptr info, int level)
{
    const auto *reader = static_cast<const JpegReader *>(info->client_data);
    if (level < 0 && !isHarmless(*info->err, reader->m_data.size()))
        stop(info);
}

void JpegReader::attempt(void (JpegReader::*step)())
{
    if (setjmp(m_exit) == 0)
        (this->*step)();
    else
        fail();
}

void JpegReader::readHeader()
{
    jpeg_create_decompress(&m_info);
    jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char *>(m_data.constData()),
                 static_cast<unsigned long>(m_data.size()));
    jpeg_save_markers(&m_info, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(&m_info, TRUE);
    jpeg_read_icc_profile(&m_info, &m_profile, &m_profileSize);
}

void JpegReader::chooseColours()
{
    const bool isGrey = m_info.jpeg_color_space == JCS_GRAYSCALE;
    const bool isCmyk = m_info.num_components == 4;
    m_picture.model = isGrey ? ColourModel::Grey : isCmyk ? ColourModel::Cmyk : ColourModel::Rgb;
    m_info.out_color_space = isGrey ? JCS_GRAYSCALE : isCmyk ? JCS_CMYK : JCS_RGB;
}

void JpegReader::chooseScale(int side)
{
    const int longer = int(std::max(m_info.image_width, m_info.image_height));
    while (side > 0 && m_info.scale_denom < 8 && longer / int(2 * m_info.scale_denom) >= side)
        m_info.scale_denom *= 2;
}

void JpegReader::makeImage()
{
    const QImage::Format format = m_picture.model == ColourModel::Grey   ? QImage::Format_Grayscale8
                                  : m_picture.model == ColourModel::Cmyk ? QImage::Format_RGBA8888
                                                                         : QImage::Format_RGB888;
    m_picture.image =
        reslens::makeImage(QSize(int(m_info.output_width), int(m_info.output_height)), format, m_name);
}

void JpegReader::readPixels()
{
    jpeg_start_decompress(&m_info);
    while (m_info.output_scanline < m_info.output_height) {
        JSAMPROW row = m_picture.image.scanLine(int(m_info.output_scanline));
        jpeg_read_scanlines(&m_info, &row, 1);
    }
    jpeg_finish_decompress(&m_info);
}

void JpegReader::fail()
{
    std::array<char, JMSG_LENGTH_MAX> text{};
    m_errors.format_message(reinterpret_cast<j_common_ptr>(&m_info), text.data());
    const QString said = QString::fromLatin1(text.data());
    if (isUnsupported(m_errors.msg_code))
        refuse(ErrorKind::Unsupported, m_name,
               QStringLiteral("is a JPEG of an unsupported kind, expected 8 bits a sample, baseline or "
                              "progressive (libjpeg: \"%1\")")
                   .arg(said));
    refuse(ErrorKind::Damaged, m_name,
           QStringLiteral("is damaged: its JPEG data cannot be decoded (libjpeg: \"%1\")").arg(said));
}

} // namespace

DecodedPicture readJpeg(const QByteArray &data, const QString &name, int side)
{
    return JpegReader(data, name).read(side);
}

} // namespace reslens
