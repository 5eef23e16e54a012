package dev.parallax.report.page;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/// A drawn picture, at twice the size it has on a page, so that it stays sharp on fine screens and in print.
///
/// @param base64 PNG, in base 64
/// @param width  on the page, half that of the PNG [px]
/// @param height on the page, half that of the PNG [px]
public record Picture(String base64, int width, int height) {

    private static final int RESOLUTION = 2;

    /// The bytes of the PNG.
    byte[] png() {
        return Base64.getDecoder().decode(base64);
    }

    /// Draws a picture.
    ///
    /// @param drawing draws on an area of `width` x `height`, which is black before
    public static Picture of(int width, int height, Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(RESOLUTION * width, RESOLUTION * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(RESOLUTION, RESOLUTION);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            drawing.accept(graphics);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Picture(Base64.getEncoder().encodeToString(out.toByteArray()), width, height);
    }
}
