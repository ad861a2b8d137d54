internal import LatentData

/// Decides what each column of a file is: a variable, the weights, or neither.
struct ColumnAssignment {
  let header: CSVHeader
  let file: String
  let options: CSVOptions
  let tokens: [ResolvedToken]
  /// The names by which columns go: those of the header, some without the whitespace around them.
  private(set) var names: [String]
  private(set) var warnings: [FileWarning] = []

  init(_ header: CSVHeader, file: String, options: CSVOptions) throws(FileError) {
    self.header = header
    self.file = file
    self.options = options
    names = header.names
    tokens = options.missing.resolved(
      header: header.names + header.names.map(Self.trimmed), codebook: options.codebook)
    if let column = options.sequence?.names.first(where: { !header.names.contains($0) }) {
      throw FileError(
        .invalid, file: file, line: 1,
        "there is no column \(column), which makes sequences of the rows; the columns are \(CellText.list(header.names))"
      )
    }
    if let weights = options.weightsColumn, !header.names.contains(weights) {
      throw FileError(
        .invalid, file: file, line: 1,
        "there is no column \(weights) for the weights; the columns are \(CellText.list(header.names))")
    }
  }

  /// The columns of the file, read as variables of the schema.
  mutating func columns(of schema: Schema) throws(FileError) -> [FileColumn] {
    if let weights = options.weightsColumn, schema[weights] != nil {
      throw FileError(
        .invalid, file: file, line: 1,
        "column \(weights) is a variable of the model and cannot also hold the weights; name another column")
    }
    var columns: [FileColumn] = []
    for position in names.indices {
      columns.append(try column(position, of: schema))
    }
    if !columns.contains(where: { $0.use == .states || $0.use == .intervals || $0.use == .numbers }) {
      throw FileError(
        .invalid, file: file, line: 1,
        "no column is a variable of the model (\(CellText.list(columnNames(schema)))); "
          + "see whether it is the right file and its first line names the columns")
    }
    return columns
  }

  private mutating func column(_ position: Int, of schema: Schema) throws(FileError) -> FileColumn {
    if names[position] == options.weightsColumn { return file(position, .weights) }
    if options.sequence?.names.contains(names[position]) == true { return file(position, .other, otherText: .kept) }
    if schema[names[position]] == nil { trim(position) { schema[$0] != nil } }
    if let id = schema[names[position]] {
      if let variable = options.codebook.indicators[names[position]] { throw derivedColumn(position, of: variable) }
      switch schema[id].domain {
      case .states(let states):
        guard let cuts = options.codebook.cuts[schema[id].name] else {
          return file(position, .states, states: states)
        }
        guard cuts.intervalCount == states.count else {
          throw FileError(
            .invalid, file: file, line: 1,
            "\(schema[id].name) has \(CellText.count(states.count, "state")) and is cut into "
              + "\(CellText.count(cuts.intervalCount, "interval")); give it one cut fewer than states")
        }
        return file(position, .intervals, states: states, cuts: cuts)
      case .real: return file(position, .numbers)
      case .count: return counts(position)
      }
    }
    if options.unknownColumns == .refuse { throw unknownColumn(position, schema: schema) }
    return file(position, .other)
  }

  /// The columns of the file, read as variables whose states are found on the way.
  mutating func columnsToLearn() -> [FileColumn] {
    names.indices.map { position in
      trim(position) { _ in true }
      if names[position] == options.weightsColumn { return file(position, .weights) }
      switch options.columnTypes[names[position]] {
      case .real, .intervals: return file(position, .numbers)
      case .count: return counts(position)
      case .states, nil: return file(position, names[position].isEmpty ? .other : .learning)
      }
    }
  }

  private func counts(_ position: Int) -> FileColumn {
    let column = file(position, .numbers)
    column.holdsCounts = true
    return column
  }

  private func file(
    _ position: Int, _ use: FileColumn.Use, states: [String] = [], cuts: Cuts? = nil,
    otherText: CSVOptions.OtherText? = nil
  ) -> FileColumn {
    FileColumn(
      names[position], position: position, use: use, states: states, cuts: cuts, tokens: tokens,
      otherText: otherText ?? options.otherText)
  }

  /// Leaves the whitespace around a name out if the rest is a name that is asked for and no other column has.
  private mutating func trim(_ position: Int, if isWanted: (String) -> Bool) {
    let name = Self.trimmed(names[position])
    guard name != names[position], isWanted(name), !names.contains(name) else { return }
    names[position] = name
    warnings.append("the name of column \(position + 1) has whitespace around it and was read as \(name)")
  }

  private static func trimmed(_ name: String) -> String {
    String(decoding: CellText.trimmed(Array(name.utf8)[...]), as: UTF8.self)
  }

  /// The variables that files have columns for.
  private func columnNames(_ schema: Schema) -> [String] {
    schema.variables.map(\.name).filter { options.codebook.indicators[$0] == nil }
  }

  private func derivedColumn(_ position: Int, of variable: String) -> FileError {
    FileError(
      .invalid, file: file, line: 1,
      "there is a column \(names[position]), but the model has an indicator of that name, which says whether \(variable) is "
        + "missing; rename the column, or remove it")
  }

  private func unknownColumn(_ position: Int, schema: Schema) -> FileError {
    let name = CellText.cut(names[position])
    func error(_ sentence: String, _ remedy: ReadingRemedy? = nil) -> FileError {
      FileError(.invalid, file: file, line: 1, sentence, remedy: remedy)
    }
    if name.isEmpty { return error("column \(position + 1) has no name", .nameOrIgnoreColumn) }
    let known = columnNames(schema)
    if let variable = CellText.sameExceptCase(names[position], among: known) {
      return error("column \(name) is not a variable of the model, case matters; did you mean \(variable)?")
    }
    return error("column \(name) is not a variable of the model (\(CellText.list(known)))", .ignoreUnknownColumns)
  }
}

/// What is known about a table when its last row has been read.
struct ReadingReport {
  private let header: CSVHeader
  private let lines: LineMap
  private let weights: CSVTextColumn?
  private let missing: [MissingTokenCount]
  private var warnings: [FileWarning]

  /// Throws when there was no row.
  init(_ parser: RowParser, assignment: ColumnAssignment, hits: [Int], rows: Int) throws(FileError) {
    guard rows > 0 else {
      throw FileError(
        .invalid, file: assignment.file, "there are no rows below the names of the columns; give at least one")
    }
    header = assignment.header
    lines = parser.lines
    weights = parser.columns.first { $0.use == .weights }?.textColumn()
    missing = zip(assignment.tokens, hits).map {
      MissingTokenCount(token: $0.text, column: $0.column, cells: $1)
    }
    warnings = assignment.warnings
    addBlankLines(parser, rows: rows)
    for column in parser.columns where column.trimmedCells > 0 {
      warnings.append(
        "column \(column.name): \(CellText.count(column.trimmedCells, "cell")) read without the whitespace around the label"
      )
    }
    for column in parser.columns where column.use == .states {
      guard let (cell, state) = column.respelt else { continue }
      warnings.append("column \(column.name): '\(cell)' was read as the state \(state), which is the same number")
    }
    for (token, cells) in zip(assignment.tokens, hits) where token.origin == .typed && cells == 0 {
      let column = token.column.map { " of column \($0)" } ?? ""
      warnings.append(
        "no cell\(column) was read as missing for '\(token.text)': none holds it, or it is a state there")
    }
  }

  private mutating func addBlankLines(_ parser: RowParser, rows: Int) {
    let blank = parser.blankLines.count(rows: rows)
    if blank > 0 {
      warnings.append(
        "\(CellText.count(blank, "blank line")) skipped, the first is line \(parser.blankLines.firstLine)")
    }
    let empty = missing.first { $0.token.isEmpty }?.cells ?? 0
    if parser.columns.count == 1, empty > 0 {
      warnings.append("\(CellText.count(empty, "empty line")) of the only column read as a missing cell each")
    }
  }

  /// The table with the report.
  func csvTable(_ table: Table, ignored: [CSVTextColumn], cutNumbers: [String: [Double]] = [:]) -> CSVTable {
    CSVTable(
      table: table, header: header.names, delimiter: header.delimiter, ignoredColumns: ignored, weightsColumn: weights,
      cutNumbers: cutNumbers, missingTokens: missing, warnings: warnings, lines: lines)
  }
}
