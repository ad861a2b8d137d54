internal import Latent

/// A model file written for a program that cannot read every name.
struct Exchange {
  let program: TargetProgram
  let format: ModelFormat
  private let model: Model
  private let names: SafeNames

  init(_ model: Model, for program: TargetProgram, in format: ModelFormat) {
    self.program = program
    self.format = format
    self.model = model
    names = SafeNames(model, for: program, in: format)
  }

  /// The model with names that the program reads.
  var renamed: Model { names.renamed(model) }

  /// What the program makes of names that it cannot read: a sentence for each kind.
  var warnings: [String] {
    [sentence(names.refused, "cannot read"), sentence(names.coded, "shows with character codes")].compactMap(\.self)
  }

  private func sentence(_ renamings: [SafeNames.Renaming], _ verb: String) -> String? {
    guard !renamings.isEmpty else { return nil }
    let texts = renamings.map { renaming in
      let variable = model.schema[renaming.variable]
      return renaming.state.map { "\(variable.name)=\(variable.states[Int($0)])" } ?? variable.name
    }
    return "\(program.name) \(verb) \(counted(texts.count, "name")) of this file: \(listed(texts)); "
      + "--rename writes names that it reads"
  }

  /// Writes which names stand for which: a row per name that is another in the file.
  ///
  /// - Returns: how many names there are.
  func writeTable(to path: String) throws -> Int {
    let all = names.all
    let file = try OutputFile(path)
    let writer = try CSVWriter(file, header: ["variable", "state", "written"], delimiter: .comma)
    var cells = CSVCells(
      [
        .texts(all.map { model.schema[$0.variable].name }),
        .texts(all.map { renaming in renaming.state.map { model.schema[renaming.variable].states[Int($0)] } }),
        .texts(all.map(\.written)),
      ], writer.encoder)
    try writer.write(rows: 0..<all.count) { row, line in cells.append(row: row, to: &line) }
    try file.commit()
    return all.count
  }

  /// The file that says which names stand for which, beside the model file.
  static func tablePath(of path: String) -> String {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: ".") else { return path + ".names.csv" }
    return path[..<dot] + ".names.csv"
  }
}
