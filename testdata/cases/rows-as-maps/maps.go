// Package maps reads rows into maps, and drops those in which a column whose name is a parameter is empty. That is a filter-in-app, but
// which column of the statement is compared is not known, so no statement can be given.
//
// Related issue: netbirdio/netbird, a migration that moves lists into a table.
package maps

import "gorm.io/gorm"

func Filled(db *gorm.DB, column string) (texts []string, err error) {
	var rows []map[string]any
	if err := db.Table("groups").Select("id", "account", column).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, row := range rows {
		text, ok := row[column].(string)
		if !ok || text == "" { // callFilled
			continue
		}
		texts = append(texts, text, row["account"].(string))
	}
	return texts, nil
}
