internal import Latent

/// A table with its missing cells filled in by one of the methods.
struct Imputation {
  /// The column that numbers the copies.
  private static let copyColumn = "copy"

  let data: LoadedTable
  /// The numbers of the data's rows, one per row of the result.
  private var rows: [Int]
  /// The result, one column per variable; those of the variables that the data have are written.
  private(set) var columns: [Column]
  /// Where copies come from, if they are drawn: one after another, so that one at a time is in memory.
  private var draws: Draws?
  /// What is written in place of intervals that numbers were cut into; nil for the intervals themselves.
  var cutNumbers: CutNumbers?
  /// The indicators of missing cells that are written behind the columns of the data.
  var indicators: [VariableID] = []
  /// What was done, in words.
  private(set) var notes: [String] = []

  private struct Draws {
    let source: Source
    var random: SplitMix64
    let copies: Int

    enum Source {
      case rows(RowInference)
      case sequences(LoadedChain)
    }

    /// The columns of the next copy, in the order of the file.
    mutating func next() throws -> [Column] {
      switch source {
      case .rows(let inference): return inference.drawnTable(using: &random).columns
      case .sequences(let chain):
        return chain.sequenced.inFileOrder(try chain.inference.drawnTable(using: &random)).columns
      }
    }
  }

  private var table: Table { data.table }

  init(
    _ loaded: LoadedModel, _ data: LoadedTable, _ method: ImputeMethod, copies: Int, seed: UInt64, memory: MemoryLimit
  ) throws {
    self.data = data
    rows = Array(0..<data.table.rowCount)
    columns = data.table.columns
    switch method {
    case .map: try fill(loaded, .mostProbable, memory)
    case .mode: try fill(loaded, .mode, memory)
    case .mean:
      try requireNumbers(.mean, statesWith: .mode)
      try fill(loaded, .mean, memory)
    case .draw: try draw(loaded, copies: copies, seed: seed, memory)
    case .columnMode: fillColumns()
    case .columnMean:
      try requireNumbers(.columnMean, statesWith: .columnMode)
      fillColumns()
    case .completeRows: try keepCompleteRows()
    }
    guard [.map, .mode, .mean].contains(method) else { return }
    notes += HiddenCells(data).comparisons { columns[$0.index] }.map(\.sentence)
  }

  private mutating func fill(_ loaded: LoadedModel, _ method: ImputationMethod, _ memory: MemoryLimit) throws {
    if let sequenced = data.sequenced {
      let chain = try LoadedChain(loaded, data, sequenced, memory: memory)
      columns = sequenced.inFileOrder(try chain.inference.imputed(by: method)).columns
    } else {
      columns = try answer(loaded, data, memory: memory) {
        try $0.impute(data.table, by: method, limit: memory).columns
      }
    }
    noteFilledCells()
  }

  private mutating func draw(_ loaded: LoadedModel, copies: Int, seed: UInt64, _ memory: MemoryLimit) throws {
    let source: Draws.Source
    if let sequenced = data.sequenced {
      source = .sequences(try LoadedChain(loaded, data, sequenced, memory: memory))
    } else {
      let rows = try LoadedRows(loaded, data, memory: memory)
      try rows.requirePossible()
      source = .rows(rows.inference)
    }
    guard !data.csv.header.contains(Self.copyColumn) else {
      throw CommandError(
        .data,
        "\(displayName(data.path)):1: there is a column \(Self.copyColumn) already, and draw adds one of that name; "
          + "rename it")
    }
    draws = Draws(source: source, random: SplitMix64(seed: seed), copies: copies)
    noteFilledCells()
    notes.append("drew \(copies == 1 ? "1 copy" : "\(copies) copies") with seed \(seed)")
  }

  /// Refuses missing cells of columns with states, for which there is no mean.
  private func requireNumbers(_ method: ImputeMethod, statesWith other: ImputeMethod) throws(CommandError) {
    let holes = table.schema.ids.compactMap { id -> (row: Int, id: VariableID)? in
      guard case .codes(let codes) = table.columns[id.index] else { return nil }
      return codes.firstIndex { $0 < 0 }.map { ($0, id) }
    }
    guard let hole = holes.min(by: { $0.row < $1.row }) else { return }
    throw CommandError(
      .data,
      "\(displayName(data.path)):\(data.csv.line(ofRow: hole.row)): column \(table.schema[hole.id].name): the cell is "
        + "missing, and a column with states has no mean, which --method \(method.rawValue) fills in; "
        + "use --method \(other.rawValue)")
  }

  /// Fills states with the mode of their column, and numbers with its mean.
  private mutating func fillColumns() {
    var unfilled = Set<VariableID>()
    let (modes, means) = (table.columnModes(), table.columnMeans())
    for id in table.schema.ids where table.missingCells(id) > 0 {
      switch (columns[id.index], modes[id.index], means[id.index]) {
      case (.codes(let codes), let mode?, _): columns[id.index] = .codes(codes.map { $0 < 0 ? mode : $0 })
      case (.reals(let values), _, let mean?): columns[id.index] = .reals(values.map { $0.isNaN ? mean : $0 })
      case (.absent, _, _), (.codes, nil, _), (.reals, _, nil):
        unfilled.insert(id)
        notes.append(
          "column \(table.schema[id].name) has no observed cell in a row of positive weight and stays as it is")
      }
    }
    noteFilledCells(except: unfilled)
  }

  private mutating func keepCompleteRows() throws {
    rows = table.completeRows()
    guard !rows.isEmpty else {
      throw CommandError(
        .data,
        "\(displayName(data.path)): every row has a missing cell, so that complete-rows would leave nothing; use --method map"
      )
    }
    columns = table.selecting(rows).columns
    notes.append(
      "left out \(counted(table.rowCount - rows.count, "incomplete row")) of \(table.rowCount), kept \(rows.count)")
  }

  /// Counts what was filled, in one copy: every missing cell of the columns that the data have, with exceptions.
  private mutating func noteFilledCells(except unfilled: Set<VariableID> = []) {
    var cells = 0
    var isTouched = [Bool](repeating: false, count: table.rowCount)
    for id in table.schema.ids where !unfilled.contains(id) {
      let missing: [Int]
      switch table.columns[id.index] {
      case .absent: missing = []
      case .codes(let codes): missing = codes.indices.filter { codes[$0] < 0 }
      case .reals(let values): missing = values.indices.filter { values[$0].isNaN }
      }
      cells += missing.count
      for row in missing { isTouched[row] = true }
    }
    let touched = isTouched.count { $0 }
    notes.insert("filled \(counted(cells, "cell")) in \(touched) of \(counted(table.rowCount, "row"))", at: 0)
  }

  /// Says which numbers of the data were written as intervals.
  mutating func noteIntervals() {
    let cut = data.csv.cutNumbers.filter { $0.value.contains { !$0.isNaN } }.keys.sorted()
    guard cutNumbers == nil, !cut.isEmpty else { return }
    notes.append("wrote the numbers of \(listed(cut)) as intervals; --numbers writes numbers")
  }

  /// Writes the columns of the data in their order; to standard output when no file is named.
  mutating func write(to path: String?) throws {
    let file = try OutputFile(path ?? "-")
    let positions = data.csv.header.indices
    let header = data.csv.header + indicators.map { table.schema[$0].name }
    if var draws {
      let writer = try CSVWriter(file, header: [Self.copyColumn] + header, delimiter: data.csv.delimiter)
      for copy in 1...draws.copies {
        columns = []
        columns = try draws.next()
        let numbers = [String?](repeating: "\(copy)", count: rows.count)
        try writer.write(columns: [.texts(numbers)] + positions.map { column($0) } + derivedColumns)
      }
    } else {
      try CSV.write(
        header: header, columns: positions.map { column($0) } + derivedColumns, to: file,
        delimiter: data.csv.delimiter)
    }
    try file.commit()
  }

  private var derivedColumns: [CSVColumn] {
    indicators.map { CSVColumn(columns[$0.index], of: table.schema[$0], rowCount: rows.count) }
  }

  /// The column at a position of the file: a variable, or text that passes through.
  private func column(_ position: Int) -> CSVColumn {
    if let id = data.variable(at: position) {
      if let numbers = cutNumbers?.column(of: id, columns[id.index], rows: rows) { return .reals(numbers) }
      return CSVColumn(columns[id.index], of: table.schema[id], rowCount: rows.count)
    }
    let passing = data.csv.ignoredColumns + [data.csv.weightsColumn].compactMap(\.self)
    let cells = passing.first { $0.position == position }?.cells
    if let cells, rows.count == cells.count { return .kept(cells) }
    return .texts(rows.map { cells?[$0] })
  }
}
