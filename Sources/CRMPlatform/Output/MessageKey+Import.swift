package import CRMModel

extension MessageKey {
    static let fileUnreadable = MessageKey(
        "import.unreadable",
        zhCN: "文件读不出来：{reason}",
        zhTW: "檔案讀不出來：{reason}",
        en: "the file cannot be read: {reason}"
    )
    static let importAllNew = MessageKey(
        "import.all_new",
        zhCN:
            "文件里没有 {heading} 列，也没有能认出已有记录的列（编码、唯一字段、查重规则），所以 {count} 行都成了新记录。如果它们是从这里用 --fields 导出的，现在就重复了：要改已有的记录，请不带 --fields 导出再改，或在映射里写 key",
        zhTW:
            "檔案裡沒有 {heading} 欄，也沒有能認出已有記錄的欄（編碼、唯一欄位、查重規則），所以 {count} 列都成了新記錄。如果它們是從這裡用 --fields 匯出的，現在就重複了：要改已有的記錄，請不帶 --fields 匯出再改，或在對應裡寫 key",
        en:
            "the file has no column {heading}, nor one by which a record is known (a code, a unique field, a duplicate rule), so {count} {count|row|rows} became new records. If they were exported from here with --fields, they are doubled now: to mend records, export without --fields, or give the mapping a key"
    )
    static let importAllWouldBeNew = MessageKey(
        "import.all_would_be_new",
        zhCN:
            "文件里没有 {heading} 列，也没有能认出已有记录的列（编码、唯一字段、查重规则），所以 {count} 行都会成为新记录。如果它们是从这里用 --fields 导出的，导入后就会重复：要改已有的记录，请不带 --fields 导出再改，或在映射里写 key",
        zhTW:
            "檔案裡沒有 {heading} 欄，也沒有能認出已有記錄的欄（編碼、唯一欄位、查重規則），所以 {count} 列都會成為新記錄。如果它們是從這裡用 --fields 匯出的，匯入後就會重複：要改已有的記錄，請不帶 --fields 匯出再改，或在對應裡寫 key",
        en:
            "the file has no column {heading}, nor one by which a record is known (a code, a unique field, a duplicate rule), so {count} {count|row|rows} would become new records. If they were exported from here with --fields, the import would double them: to mend records, export without --fields, or give the mapping a key"
    )
    static let fileReadingStopped = MessageKey(
        "import.reading_stopped",
        zhCN: "读取文件时已中断",
        zhTW: "讀取檔案時已中斷",
        en: "the reading of the file was interrupted"
    )
    static let fileEmpty = MessageKey(
        "import.empty",
        zhCN: "文件是空的，没有表头也没有数据",
        zhTW: "檔案是空的，沒有表頭也沒有資料",
        en: "the file is empty: it has neither headings nor rows"
    )
    static let fileBeyondEnd = MessageKey(
        "import.beyond_end",
        zhCN: "从第 {line} 行起什么也没有，文件到第 {last} 行为止；请用 --header-row 写表头所在的行",
        zhTW: "從第 {line} 行起什麼也沒有，檔案到第 {last} 行為止；請用 --header-row 寫表頭所在的行",
        en:
            "there is nothing from line {line} on: the file ends with line {last}; give the line of the headings as --header-row"
    )
    static let fileEncoding = MessageKey(
        "import.encoding",
        zhCN: "不支持编码 {encoding}；请另存为 UTF-8 或 GB18030",
        zhTW: "不支援編碼 {encoding}；請另存為 UTF-8 或 GB18030",
        en: "the encoding {encoding} is not supported; save the file as UTF-8 or GB18030"
    )
    static let fileTooWide = MessageKey(
        "import.too_wide",
        zhCN: "文件有 {found} 列，上限是 {limit} 列",
        zhTW: "檔案有 {found} 欄，上限是 {limit} 欄",
        en: "the file has {found} columns; the limit is {limit}"
    )
    static let fileDuplicateHeaders = MessageKey(
        "import.duplicate_headers",
        zhCN: "表头有重复的列：{names}；请改名或删除",
        zhTW: "表頭有重複的欄：{names}；請改名或刪除",
        en: "these headings stand there twice: {names}; rename or remove them"
    )
    static let fileBadHeader = MessageKey(
        "import.bad_header",
        zhCN: "表头无法读取：{problem}",
        zhTW: "表頭無法讀取：{problem}",
        en: "the headings cannot be read: {problem}"
    )
    static let rowInvalidText = MessageKey(
        "import.invalid_text",
        zhCN: "第 {column} 列第 {byte} 个字节不是文件编码中的文字",
        zhTW: "第 {column} 欄第 {byte} 個位元組不是檔案編碼中的文字",
        en: "column {column}, byte {byte} is no text in the file's encoding"
    )
    static let rowInvalidIn = MessageKey(
        "import.invalid_in",
        zhCN: "第 {column} 列第 {byte} 个字节不是 {encoding} 文字（文件按 {encoding} 读取）",
        zhTW: "第 {column} 欄第 {byte} 個位元組不是 {encoding} 文字（檔案按 {encoding} 讀取）",
        en: "column {column}, byte {byte} is no text in {encoding}, as which the file was read"
    )
    static let rowNul = MessageKey(
        "import.nul",
        zhCN: "第 {column} 列含有空字符（NUL）",
        zhTW: "第 {column} 欄含有空字元（NUL）",
        en: "column {column} holds a NUL character"
    )
    static let rowCellTooLong = MessageKey(
        "import.cell_too_long",
        zhCN: "第 {column} 列超过 {limit} KB",
        zhTW: "第 {column} 欄超過 {limit} KB",
        en: "column {column} is longer than {limit} KB"
    )
    static let rowTooWide = MessageKey(
        "import.row_too_wide",
        zhCN: "超过 {limit} 列",
        zhTW: "超過 {limit} 欄",
        en: "more than {limit} columns"
    )
    static let rowColumnCount = MessageKey(
        "import.column_count",
        zhCN: "有 {found} 列，表头只有 {expected} 列；内容里有分隔符的格子请加引号",
        zhTW: "有 {found} 欄，表頭只有 {expected} 欄；內容裡有分隔符號的儲存格請加引號",
        en:
            "{found} columns where the headings have {expected}; put cells with a separator in them into quotation marks"
    )
    static let rowTextAfterQuote = MessageKey(
        "import.text_after_quote",
        zhCN: "第 {column} 列的引号后面还有文字；引号内的引号要写两个",
        zhTW: "第 {column} 欄的引號後面還有文字；引號內的引號要寫兩個",
        en: "column {column} has text after the closing quotation mark; double the marks inside"
    )
    static let rowUnclosedQuote = MessageKey(
        "import.unclosed_quote",
        zhCN: "第 {column} 列的引号没有结束",
        zhTW: "第 {column} 欄的引號沒有結束",
        en: "the quotation mark of column {column} is never closed"
    )
    static let mappingNotJSON = MessageKey(
        "import.mapping_json",
        zhCN: "映射文件不是有效的 JSON：{problem}",
        zhTW: "對應檔不是有效的 JSON：{problem}",
        en: "the mapping is not valid JSON: {problem}"
    )
    static let mappingTooLarge = MessageKey(
        "import.mapping_too_large",
        zhCN: "映射文件太大或条目太多，上限是 {limit}；请分成几个，或先整理数据",
        zhTW: "對應檔太大或條目太多，上限是 {limit}；請分成幾個，或先整理資料",
        en: "the mapping is too large or names too much, the limit is {limit}; divide it, or tidy up the data first"
    )
    static let mappingReading = MessageKey(
        "import.mapping_reading",
        zhCN: "映射对列「{header}」的要求不适用于字段「{field}」的类型：by 用于引用，month 用于日期，round、multiply 用于数字，currency 要与 multiply 同用",
        zhTW: "對應對欄「{header}」的要求不適用於欄位「{field}」的類型：by 用於參照，month 用於日期，round、multiply 用於數字，currency 要與 multiply 同用",
        en:
            "what the mapping asks for the column \"{header}\" does not suit the type of \"{field}\": by is for references, month for dates, round and multiply for numbers, and currency goes with multiply"
    )
    static let importCell = MessageKey(
        "import.cell",
        zhCN: "列「{column}」的「{value}」有误：{problem}",
        zhTW: "欄「{column}」的「{value}」有誤：{problem}",
        en: "column \"{column}\": \"{value}\" — {problem}"
    )
    static let importSameRecord = MessageKey(
        "import.same_record",
        zhCN: "与第 {row} 行是同一条记录（{record}），会互相覆盖；请合并成一行",
        zhTW: "與第 {row} 列是同一筆記錄（{record}），會互相覆蓋；請合併成一列",
        en: "this is the record of row {row} ({record}) again, and they would write over each other; make them one row"
    )
    static let importSameMark = MessageKey(
        "import.same_mark",
        zhCN: "与第 {row} 行的记录标记相同（{record}）；要把此行作为新记录，请清空「{heading}」这一格，否则合并成一行",
        zhTW: "與第 {row} 列的記錄標記相同（{record}）；要把此列作為新記錄，請清空「{heading}」這一格，否則合併成一列",
        en:
            "row {row} has the same mark ({record}); empty the cell below \"{heading}\" when this row is a new record, else make them one row"
    )
    static let cellOfSecondRow = MessageKey(
        "import.cell_of_second_row",
        zhCN: "与原文件第 {row} 行是同一条记录，那一行已经导入；请删去此行，或去掉格子 {cell} 开头的 [!second …] 来覆盖那一行",
        zhTW: "與原檔案第 {row} 列是同一筆記錄，那一列已經匯入；請刪去此列，或去掉儲存格 {cell} 開頭的 [!second …] 來覆寫那一列",
        en:
            "this is the record of row {row} of the first file, which was imported; delete this row, or take [!second …] away from the cell {cell} to write over it"
    )
    static let importRecognised = MessageKey(
        "import.recognised",
        zhCN: "其中 {count} 行按导出时的标记认出是已有记录",
        zhTW: "其中 {count} 列按匯出時的標記認出是已有記錄",
        en: "{count} of the rows were known by the marks of their export"
    )
    static let importUnchanged = MessageKey(
        "import.unchanged",
        zhCN: "，没有改动 {count}",
        zhTW: "，沒有改動 {count}",
        en: ", {count} unchanged"
    )
    static let importToday = MessageKey(
        "import.today",
        zhCN: "有 {count} 行没有给出「{field}」，保存时填的是今天；以往的单据请在文件里加上这一列，写当时的日期",
        zhTW: "有 {count} 列沒有給出「{field}」，儲存時填的是今天；以往的單據請在檔案裡加上這一欄，寫當時的日期",
        en:
            "{count} {count|row does|rows do} not give {field}, and today was filled in; for documents of the past add the column with the day of then"
    )
    static let importOtherZone = MessageKey(
        "import.other_zone",
        zhCN: "{count} 行是按时区 {zone} 导出的，其中的时刻按 {zone} 读；没有标记的行按 {here} 读",
        zhTW: "{count} 列是按時區 {zone} 匯出的，其中的時刻按 {zone} 讀；沒有標記的列按 {here} 讀",
        en:
            "{count} {count|row was|rows were} exported by the time zone {zone}, and {count|its|their} moments are read by it; rows without a mark are read by {here}"
    )
    static let importStrangers = MessageKey(
        "import.strangers",
        zhCN: "其中 {count} 行带有另一个公司的标记，在这里按新记录处理",
        zhTW: "其中 {count} 列帶有另一個公司的標記，在這裡按新記錄處理",
        en: "{count} of the rows carry the marks of another company and count as new records here"
    )
    static let importSmallPercents = MessageKey(
        "import.small_percents",
        zhCN: "列「{column}」有 {count} 个小于 1 且没有百分号的数，按百分数原样保存（0.05 是 0.05%）；如果 0.05 指 5%，请在映射里对此列写 \"multiply\": 100",
        zhTW: "欄「{column}」有 {count} 個小於 1 且沒有百分號的數，按百分數原樣儲存（0.05 是 0.05%）；如果 0.05 指 5%，請在對應裡對此欄寫 \"multiply\": 100",
        en:
            "column \"{column}\" has {count} numbers below 1 without a percent sign, taken as percentages (0.05 is 0.05%); if 0.05 means 5%, let the mapping say \"multiply\": 100 for this column"
    )
    static let mappingMalformed = MessageKey(
        "import.mapping_malformed",
        zhCN:
            "映射文件的「{name}」不对；格式为 {\"columns\":{\"表头\":\"字段\" 或 {\"field\":\"字段\",\"by\":\"number|code|title\",\"round\":true,\"multiply\":倍数,\"currency\":\"USD\",\"month\":\"first|last\",\"empty\":\"clear\"}},\"values\":{\"表头\":{\"文本\":\"值\"}},\"defaults\":{\"字段\":\"值\"},\"key\":[\"字段\"]}",
        zhTW:
            "對應檔的「{name}」不對；格式為 {\"columns\":{\"表頭\":\"欄位\" 或 {\"field\":\"欄位\",\"by\":\"number|code|title\",\"round\":true,\"multiply\":倍數,\"currency\":\"USD\",\"month\":\"first|last\",\"empty\":\"clear\"}},\"values\":{\"表頭\":{\"文字\":\"值\"}},\"defaults\":{\"欄位\":\"值\"},\"key\":[\"欄位\"]}",
        en:
            "\"{name}\" of the mapping is wrong; write {\"columns\":{\"heading\":\"field\" or {\"field\":\"field\",\"by\":\"number|code|title\",\"round\":true,\"multiply\":factor,\"currency\":\"USD\",\"month\":\"first|last\",\"empty\":\"clear\"}},\"values\":{\"heading\":{\"text\":\"value\"}},\"defaults\":{\"field\":\"value\"},\"key\":[\"field\"]}"
    )
    static let mappingHeader = MessageKey(
        "import.mapping_header",
        zhCN: "映射里的列「{header}」不在文件中。文件的列：{known}",
        zhTW: "對應裡的欄「{header}」不在檔案中。檔案的欄：{known}",
        en: "the mapping names the column \"{header}\", which the file does not have. Its columns: {known}"
    )
    static let mappingField = MessageKey(
        "import.mapping_field",
        zhCN: "映射里的字段「{field}」不存在或不能导入{hint}",
        zhTW: "對應裡的欄位「{field}」不存在或不能匯入{hint}",
        en: "the mapping names the field \"{field}\", which does not exist or cannot be imported{hint}"
    )
    static let mappingKeyColumn = MessageKey(
        "import.key_column",
        zhCN: "用来匹配记录的字段「{field}」在文件中没有列",
        zhTW: "用來比對記錄的欄位「{field}」在檔案中沒有欄",
        en: "the file has no column for the key field \"{field}\""
    )
    static let mappingKeyType = MessageKey(
        "import.key_type",
        zhCN: "字段「{field}」的类型不能用来匹配记录",
        zhTW: "欄位「{field}」的類型不能用來比對記錄",
        en: "a field of the type of \"{field}\" cannot be a key"
    )
    static let importHeader = MessageKey(
        "import.header",
        zhCN: "不能把此文件导入「{object}」：",
        zhTW: "不能把此檔案匯入「{object}」：",
        en: "This file cannot be imported into \"{object}\":"
    )
    static let importSystemColumn = MessageKey(
        "import.system_column",
        zhCN: "列「{header}」对应系统字段 {field}，只能由系统写入；请删除此列，或在映射中设为 null",
        zhTW: "欄「{header}」對應系統欄位 {field}，只能由系統寫入；請刪除此欄，或在對應中設為 null",
        en:
            "the column \"{header}\" is the system field {field}, which only the platform writes; remove it, or map it to null"
    )
    static let importChildren = MessageKey(
        "import.children",
        zhCN: "列「{header}」是明细，请把明细作为单独的文件导入",
        zhTW: "欄「{header}」是明細，請把明細作為單獨的檔案匯入",
        en: "the column \"{header}\" stands for child rows; import those from a file of their own"
    )
    static let importTwice = MessageKey(
        "import.twice",
        zhCN: "列「{first}」与列「{second}」都对应字段「{field}」；请在映射中把其中一个设为 null",
        zhTW: "欄「{first}」與欄「{second}」都對應欄位「{field}」；請在對應中把其中一個設為 null",
        en: "the columns \"{first}\" and \"{second}\" are both the field \"{field}\"; map one of them to null"
    )
    static let importNoColumn = MessageKey(
        "import.no_column",
        zhCN: "没有找到表头：{place}是「{headers}」，没有一列是此对象的字段。表头在下面的行请用 --header-row 写出行号，在别的工作表请用 --sheet 写出名称。字段：{known}",
        zhTW: "沒有找到表頭：{place}是「{headers}」，沒有一欄是此物件的欄位。表頭在下面的列請用 --header-row 寫出列號，在別的工作表請用 --sheet 寫出名稱。欄位：{known}",
        en:
            "no headings found: {place} is \"{headers}\", and none of it is a field here. If they stand further down, give their row with --header-row; if on another sheet, its name with --sheet. Fields: {known}"
    )
    static let importHeaderLine = MessageKey(
        "import.header_line",
        zhCN: "第 {line} 行",
        zhTW: "第 {line} 行",
        en: "line {line}"
    )
    static let importHeaderRow = MessageKey(
        "import.header_row",
        zhCN: "工作表「{sheet}」的第 {row} 行",
        zhTW: "工作表「{sheet}」的第 {row} 列",
        en: "row {row} of the sheet \"{sheet}\""
    )
    static let importUnknownColumns = MessageKey(
        "import.unknown_columns",
        zhCN: "这些列没有对应的字段，未导入：{names}",
        zhTW: "這些欄沒有對應的欄位，未匯入：{names}",
        en: "these columns belong to no field and were not imported: {names}"
    )
    static let importNothingLeft = MessageKey(
        "import.nothing_left",
        zhCN: "起始行之后没有数据了，没有导入任何行",
        zhTW: "起始列之後沒有資料了，沒有匯入任何列",
        en: "there are no rows left from that row on; nothing was imported"
    )
    static let importBeyond = MessageKey(
        "import.beyond",
        zhCN: "文件没有第 {row} 行，最后一行是第 {last} 行；没有导入任何行。请检查 --from-row",
        zhTW: "檔案沒有第 {row} 列，最後一列是第 {last} 列；沒有匯入任何列。請檢查 --from-row",
        en: "the file has no row {row}, its last one is row {last}; nothing was imported. Look at --from-row"
    )
    static let importNoRows = MessageKey(
        "import.no_rows",
        zhCN: "文件只有表头，没有数据行",
        zhTW: "檔案只有表頭，沒有資料列",
        en: "the file has headings but no rows"
    )
    static let importDone = MessageKey(
        "import.done",
        zhCN:
            "「{object}」导入完成：读取 {rows} 行，新建 {created}，更新 {updated}{unchanged}，重复 {duplicates}，失败 {failed}，用时 {seconds} 秒",
        zhTW:
            "「{object}」匯入完成：讀取 {rows} 列，新建 {created}，更新 {updated}{unchanged}，重複 {duplicates}，失敗 {failed}，用時 {seconds} 秒",
        en:
            "Imported \"{object}\": {rows} {rows|row|rows} read, {created} created, {updated} updated{unchanged}, {duplicates} {duplicates|duplicate|duplicates}, {failed} refused, {seconds} s"
    )
    static let importBroken = MessageKey(
        "import.broken",
        zhCN:
            "「{object}」导入已中止：读取 {rows} 行，新建 {created}，更新 {updated}{unchanged}，重复 {duplicates}，失败 {failed}，用时 {seconds} 秒",
        zhTW:
            "「{object}」匯入已中止：讀取 {rows} 列，新建 {created}，更新 {updated}{unchanged}，重複 {duplicates}，失敗 {failed}，用時 {seconds} 秒",
        en:
            "Stopped the import of \"{object}\": {rows} {rows|row|rows} read, {created} created, {updated} updated{unchanged}, {duplicates} {duplicates|duplicate|duplicates}, {failed} refused, {seconds} s"
    )
    static let importDryRun = MessageKey(
        "import.dry_run",
        zhCN:
            "「{object}」试导入（没有保存任何内容）：读取 {rows} 行，可新建 {created}，可更新 {updated}{unchanged}，重复 {duplicates}，失败 {failed}，用时 {seconds} 秒",
        zhTW:
            "「{object}」試匯入（沒有儲存任何內容）：讀取 {rows} 列，可新建 {created}，可更新 {updated}{unchanged}，重複 {duplicates}，失敗 {failed}，用時 {seconds} 秒",
        en:
            "Tried the import of \"{object}\" and kept nothing: {rows} {rows|row|rows} read, {created} would be created, {updated} updated{unchanged}, {duplicates} {duplicates|duplicate|duplicates}, {failed} refused, {seconds} s"
    )
    static let importRowWarnings = MessageKey(
        "import.row_warnings",
        zhCN: "其中 {count} 行已保存但有提醒",
        zhTW: "其中 {count} 列已儲存但有提醒",
        en: "{count} {count|row was|rows were} saved with a warning"
    )
    static let importMoreWarnings = MessageKey(
        "import.more_warnings",
        zhCN: "另有 {count} 行有提醒",
        zhTW: "另有 {count} 列有提醒",
        en: "{count} more with warnings"
    )
    static let importRenumbered = MessageKey(
        "import.renumbered",
        zhCN: "其中 {count} 行来自另一个公司，其编号在这里已被别的记录使用，已换成这里的新编号",
        zhTW: "其中 {count} 列來自另一個公司，其編號在這裡已被別的記錄使用，已換成這裡的新編號",
        en: "{count} of the rows of another company have codes that other records have here, and were given new ones"
    )
    static let importStrangerChanged = MessageKey(
        "import.stranger_changed",
        zhCN: "另一个公司的这一行此前已导入为 {record}，内容与那时不同；请改那条记录，或清空「{heading}」这一格作为新记录导入",
        zhTW: "另一個公司的這一列此前已匯入為 {record}，內容與那時不同；請改那筆記錄，或清空「{heading}」這一格作為新記錄匯入",
        en:
            "this row of another company was imported as {record} before and says something else now; change that record, or empty the cell below \"{heading}\" to import the row as a new one"
    )
    static let importEmptied = MessageKey(
        "import.emptied",
        zhCN: "按标记认出的行里有 {count} 格被清空，对应的字段已清空；要保留原值，请在映射的 columns 里对此列写 \"empty\": \"keep\"",
        zhTW: "按標記認出的列裡有 {count} 格被清空，對應的欄位已清空；要保留原值，請在對應的 columns 裡對此欄寫 \"empty\": \"keep\"",
        en:
            "{count} {count|cell was|cells were} emptied in rows known by their marks, and so the fields; to keep values, let columns of the mapping say \"empty\": \"keep\""
    )
    static let importReplayed = MessageKey(
        "import.replayed",
        zhCN: "{count} 行此前已导入，没有重复写入",
        zhTW: "{count} 列先前已匯入，沒有重複寫入",
        en: "{count} {count|row had been|rows had been} imported before and were not written again"
    )
    static let importMore = MessageKey(
        "import.more",
        zhCN: "……另有 {count} 行；写出错误文件可看到全部",
        zhTW: "……另有 {count} 列；寫出錯誤檔可看到全部",
        en: "… and {count} more; write an error file to see them all"
    )
    static let importMoreWritten = MessageKey(
        "import.more_written",
        zhCN: "……另有 {count} 行，见错误文件",
        zhTW: "……另有 {count} 列，見錯誤檔",
        en: "… and {count} more, which stand in the error file"
    )
    static let importStopped = MessageKey(
        "import.stopped",
        zhCN: "已中止，第 {row} 行之前的行已处理并保留；继续时用同一命令加上 --from-row {row}，错误文件另取一个名字",
        zhTW: "已中止，第 {row} 列之前的列已處理並保留；繼續時用同一命令加上 --from-row {row}，錯誤檔另取一個名字",
        en:
            "Stopped; the rows before row {row} are done and kept. Go on with the same command, --from-row {row} and another "
            + "name for the error file"
    )
    static let importTrialStopped = MessageKey(
        "import.trial_stopped",
        zhCN: "已中止，只试了第 {row} 行之前的行；试导入什么也不保存，导入时仍要从第一行开始",
        zhTW: "已中止，只試了第 {row} 列之前的列；試匯入什麼也不儲存，匯入時仍要從第一列開始",
        en: "Stopped; the rows before row {row} were tried. A trial keeps nothing, so begin at the first "
            + "row when you import"
    )
    package static let importErrorsKept = MessageKey(
        "import.errors_kept",
        zhCN: "「{file}」里可能是前一段导入中没有通过的行，从中间继续的导入不覆盖它；请给错误文件另取一个名字",
        zhTW: "「{file}」裡可能是前一段匯入中沒有通過的列，從中間繼續的匯入不覆寫它；請給錯誤檔另取一個名字",
        en: "\"{file}\" may hold the rows that the first part of the import refused, so an import that goes "
            + "on in the middle does not replace it. Take another name for the error file"
    )
    static let importRow = MessageKey(
        "import.row",
        zhCN: "第 {row} 行（文件第 {line} 行）：{problem}",
        zhTW: "第 {row} 列（檔案第 {line} 行）：{problem}",
        en: "row {row} (line {line}): {problem}"
    )
    static let importSheetRow = MessageKey(
        "import.sheet_row",
        zhCN: "第 {row} 行：{problem}",
        zhTW: "第 {row} 列：{problem}",
        en: "row {row}: {problem}"
    )
    static let importReasons = MessageKey(
        "import.reasons",
        zhCN: "{first}；{rest}",
        zhTW: "{first}；{rest}",
        en: "{first}; {rest}"
    )
    static let importColumn = MessageKey(
        "import.column",
        zhCN: "列「{column}」：{problem}",
        zhTW: "欄「{column}」：{problem}",
        en: "column \"{column}\": {problem}"
    )
    static let importBatchFailed = MessageKey(
        "import.batch_failed",
        zhCN: "从第 {row} 行起没有导入，此前的行已保存；排除问题后请从第 {row} 行继续",
        zhTW: "從第 {row} 列起沒有匯入，此前的列已儲存；排除問題後請從第 {row} 列繼續",
        en:
            "Nothing from row {row} on was imported; the rows before are kept. Go on from row {row} when the cause is mended"
    )
    static let importNothingKept = MessageKey(
        "import.nothing_kept",
        zhCN: "没有导入任何一行；排除问题后请重新导入",
        zhTW: "沒有匯入任何一列；排除問題後請重新匯入",
        en: "No row was imported; import the file again when the cause is mended"
    )
    static let importKeyMissing = MessageKey(
        "import.key_missing",
        zhCN: "匹配字段「{field}」没有值",
        zhTW: "比對欄位「{field}」沒有值",
        en: "the key field \"{field}\" has no value"
    )
    static let importKeyNotUnique = MessageKey(
        "import.key_not_unique",
        zhCN: "有多条记录匹配（{first}、{second}），不知道该更新哪一条",
        zhTW: "有多筆記錄相符（{first}、{second}），不知道該更新哪一筆",
        en: "more than one record matches ({first}, {second})"
    )
    static let importNoRecord = MessageKey(
        "import.no_record",
        zhCN: "没有编号为「{number}」的记录",
        zhTW: "沒有編號為「{number}」的記錄",
        en: "there is no record with the number \"{number}\""
    )
    static let importUndone = MessageKey(
        "import.undone",
        zhCN: "试导入结束，已撤销",
        zhTW: "試匯入結束，已復原",
        en: "the trial is over and undone"
    )
    static let errorFileFailed = MessageKey(
        "import.error_file",
        zhCN: "错误文件写不进去",
        zhTW: "錯誤檔寫不進去",
        en: "the error file cannot be written"
    )
    static let errorFileStopped = MessageKey(
        "import.error_file_stopped",
        zhCN: "{problem}；导入已停下，从第 {row} 行起被拒绝的行不在错误文件里",
        zhTW: "{problem}；匯入已停下，從第 {row} 列起被拒絕的列不在錯誤檔裡",
        en: "{problem}; the import was stopped, and the rows refused from row {row} on are not in the error file"
    )
    static let importOptions = MessageKey(
        "import.options",
        zhCN: "每批行数须在 1 至 100000 之间，起始行不小于 1",
        zhTW: "每批列數須在 1 至 100000 之間，起始列不小於 1",
        en: "a batch has 1 to 100,000 rows, and the first row is 1 or more"
    )
}
