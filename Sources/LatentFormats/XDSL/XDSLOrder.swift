/// In which order the tables of an XDSL file are read, and what there is to say about it.
///
/// GeNIe, SMILE and pgmpy let the last parent vary fastest, aGrUM the first. All rows sum to 1 either way: only the
/// name of the program that wrote the file tells.
struct XDSLOrder {
  let order: CellOrder
  let warning: FileWarning?

  /// Follows the user, else the program named in the file, else a comment that aGrUM leaves.
  init(_ document: XDSLDocument, _ wanted: ParentOrder?, _ tables: MarkupTables) {
    let matters = tables.differ(.childFastest, .childThenFirstParent)
    let application = document.application
    let isFirst: Bool
    if let application {
      isFirst =
        application.lowercased().hasPrefix("agrum") || application == XDSL.applicationFirstParentFastest
    } else {
      isFirst = document.hasCommentOfAGrUM
    }
    if let wanted {
      order = wanted == .first ? .childThenFirstParent : .childFastest
      warning = nil
    } else if isFirst {
      order = .childThenFirstParent
      let reason = application.map { "as \($0) writes them" } ?? "as pyAgrum, named in a comment, writes them"
      warning =
        matters
        ? FileWarning(
          "the tables are read with the first parent varying fastest, \(reason)", remedy: .parentOrder(.last, .xdsl))
        : nil
    } else {
      order = .childFastest
      warning =
        matters && application == nil
        ? FileWarning(
          "the file does not say which program wrote it; the tables are read with the last parent varying fastest, as "
            + "GeNIe writes them", remedy: .parentOrder(.first, .xdsl))
        : nil
    }
  }
}
