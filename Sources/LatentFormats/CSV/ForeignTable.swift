/// Tables in the formats of other programs, which are no text; known by their first bytes.
struct ForeignTable {
  /// What the file is, and what to do about it, as the end of a sentence.
  let message: String

  /// How many bytes tell the formats apart.
  static let beginning = 16

  /// The format that begins with these bytes; nil where none is known.
  init?(_ bytes: [UInt8], file: String) {
    guard let format = Self.format(bytes, file: file) else { return nil }
    message = "the file is \(format)"
  }

  private static func format(_ bytes: [UInt8], file: String) -> String? {
    func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    /// A word that may be the name of a column, and is not when no character of a name or delimiter follows.
    func beginsBinary(_ word: String) -> Bool {
      guard begins(word), let next = bytes.dropFirst(word.utf8.count).first else { return false }
      return next >= 0x7F || next < 0x20 && ![0x09, 0x0A, 0x0D].contains(next)
    }
    if beginsBinary("PAR1") { return "a Parquet file; \(export)" }
    if beginsBinary("ARROW1") { return "an Arrow file; \(export)" }
    if beginsBinary("FEA1") { return "a Feather file; \(export)" }
    if beginsBinary("SQLite format 3") { return "an SQLite database; export the table as CSV" }
    if begins("PK\u{3}\u{4}") { return archive(file) }
    if begins("$FL2@(#)") { return "an SPSS file; export it as CSV" }
    if begins("<stata_dta>") { return "a Stata file; export it as CSV" }
    if begins("%PDF-1") { return "a PDF document; export the table as CSV" }
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) { return "an HDF5 file; \(export)" }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "an Excel workbook (.xls); \(saveSheet)" }
    if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return "packed with xz; unpack it first" }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "packed with zstd; unpack it first" }
    if begins("BZh"), bytes.dropFirst(4).starts(with: "1AY&SY".utf8) { return "packed with bzip2; unpack it first" }
    return nil
  }

  private static let export = "write the table as CSV, as to_csv(index=False) of pandas does"
  private static let saveSheet = "save the sheet as CSV (UTF-8)"

  /// What an archive of ZIP is by the name of its file: office programs keep their documents in such archives.
  private static func archive(_ file: String) -> String {
    let name = file.lowercased()
    if [".xlsx", ".xlsm", ".xlsb"].contains(where: name.hasSuffix) { return "an Excel workbook; \(saveSheet)" }
    if name.hasSuffix(".ods") { return "an OpenDocument spreadsheet; \(saveSheet)" }
    return "a ZIP archive, as Excel workbooks are; \(saveSheet), or unpack the archive"
  }
}
