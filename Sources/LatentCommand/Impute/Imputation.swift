internal import Latent

/// A table with its holes filled by one of the methods.
struct Imputation {
  /// The column that numbers the copies.
  private static let copyColumn = "copy"

  private let data: LoadedTable
  /// The numbers of the data's rows, one per row of the result.
  private var rows: [Int]
  /// Per row of the result, the number of its copy; nil unless copies were drawn.
  private var copies: [String?]?
  /// The codes of the result, one column per variable.
  private var columns: [[StateCode]]
  /// What was done, in words.
  private(set) var notes: [String] = []

  private var table: Table { data.table }

  init(
    _ loaded: LoadedModel, _ data: LoadedTable, _ method: ImputeMethod, copies: Int, seed: UInt64, memory: MemoryLimit
  ) throws {
    self.data = data
    rows = Array(0..<data.table.rowCount)
    columns = data.table.schema.ids.map { id in
      switch data.table.columns[id.index] {
      case .absent, .reals: []
      case .codes(let codes): codes
      }
    }
    switch method {
    case .map:
      let completions = MostProbableCompletion(try Self.inference(loaded, data, memory))
      complete { completions.completion(row: $0) }
    case .mode:
      let posteriors = RowPosteriors(try Self.inference(loaded, data, memory))
      complete { posteriors.modes(row: $0) }
    case .draw: try draw(try Self.inference(loaded, data, memory), copies: copies, seed: seed)
    case .columnMode: fillColumnModes()
    case .completeRows: try keepCompleteRows()
    }
  }

  private static func inference(
    _ loaded: LoadedModel, _ data: LoadedTable, _ memory: MemoryLimit
  ) throws -> RowInference {
    let rows = try LoadedRows(loaded, data, memory: memory)
    try rows.requirePossible()
    return rows.inference
  }

  /// Puts the codes of completed rows into the columns that the data have.
  private mutating func complete(_ completion: (Int) -> [StateCode]) {
    for row in rows {
      let codes = completion(row)
      for index in columns.indices where !columns[index].isEmpty { columns[index][row] = codes[index] }
    }
    noteFilledCells()
  }

  private mutating func draw(_ inference: RowInference, copies: Int, seed: UInt64) throws {
    guard !data.csv.header.contains(Self.copyColumn) else {
      throw CommandError(
        .data,
        "\(displayName(data.path)):1: there is a column \(Self.copyColumn) already, and draw adds one of that name; "
          + "rename it")
    }
    var random = SplitMix64(seed: seed)
    let present = columns.map { !$0.isEmpty }
    let rowCount = table.rowCount
    columns = columns.map { _ in [] }
    for _ in 0..<copies {
      for (index, codes) in inference.draws(using: &random).enumerated() where present[index] {
        columns[index] += codes
      }
    }
    rows = (0..<copies).flatMap { _ in 0..<rowCount }
    self.copies = (1...copies).flatMap { [String?](repeating: "\($0)", count: rowCount) }
    noteFilledCells()
    notes.append("drew \(copies == 1 ? "1 copy" : "\(copies) copies") with seed \(seed)")
  }

  private mutating func fillColumnModes() {
    for (id, mode) in zip(table.schema.ids, table.columnModes()) where table.missingCells(id) > 0 {
      guard let mode else {
        notes.append(
          "column \(table.schema[id].name) has no observed cell in a row of positive weight and stays as it is")
        continue
      }
      for row in rows where columns[id.index][row] < 0 { columns[id.index][row] = mode }
    }
    noteFilledCells()
  }

  private mutating func keepCompleteRows() throws {
    rows = table.completeRows()
    guard !rows.isEmpty else {
      throw CommandError(
        .data,
        "\(displayName(data.path)): every row has a hole, so that complete-rows would leave nothing; use --method map")
    }
    columns = columns.map { column in column.isEmpty ? [] : rows.map { column[$0] } }
    notes.append(
      "left out \(counted(table.rowCount - rows.count, "incomplete row")) of \(table.rowCount), kept \(rows.count)")
  }

  /// Counts what was filled, in one copy.
  private mutating func noteFilledCells() {
    var cells = 0
    var isTouched = [Bool](repeating: false, count: table.rowCount)
    for (index, column) in table.columns.enumerated() {
      guard case .codes(let codes) = column else { continue }
      for (row, code) in codes.enumerated() where code < 0 && columns[index][row] >= 0 {
        cells += 1
        isTouched[row] = true
      }
    }
    let touched = isTouched.count { $0 }
    notes.insert("filled \(counted(cells, "cell")) in \(touched) of \(counted(table.rowCount, "row"))", at: 0)
  }

  /// Writes the columns of the data in their order; to standard output when no file is named.
  func write(to path: String?) throws {
    var header = data.csv.header
    var result = header.indices.map { column($0) }
    if let copies {
      header.insert(Self.copyColumn, at: 0)
      result.insert(.texts(copies), at: 0)
    }
    let file = try OutputFile(path ?? "-")
    try CSV.write(header: header, columns: result, to: file, delimiter: data.csv.delimiter)
    try file.commit()
  }

  /// The column at a position of the file: a variable, or text that passes through.
  private func column(_ position: Int) -> CSVColumn {
    if let id = data.variable(at: position) { return .codes(columns[id.index], states: table.schema[id].states) }
    let passing = data.csv.ignoredColumns + [data.csv.weightsColumn].compactMap(\.self)
    let cells = passing.first { $0.position == position }?.cells
    if let cells, rows.count == cells.count { return .kept(cells) }
    return .texts(rows.map { cells?[$0] })
  }
}
