internal import Latent

/// A picture as a PNG file, made by a program that is installed.
struct PNGFile {
  /// Its name, which ends in `.png`.
  let path: String

  /// Converts an SVG document, and writes the file whole or not at all.
  func write(_ svg: String) throws {
    try checkWritable(path)
    guard let bytes = try PictureConverter.png(of: svg, beside: path) else {
      throw CommandError(
        .cannotCreate,
        "\(path): no program that draws SVG was found (\(listed(PictureConverter.programs))); install one of them, or "
          + "write the picture with --svg, which every browser opens")
    }
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
