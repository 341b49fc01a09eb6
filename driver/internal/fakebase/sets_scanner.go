//go:build go1.27

package fakebase

import (
	"database/sql/driver"
	"maps"
)

func init() { maps.Copy(rowsSets, scannerSets) }

// scannerSets make results that scan their own columns.
var scannerSets = map[Feature]func(*rows) driver.Rows{
	ColumnScanner: func(r *rows) driver.Rows {
		return struct {
			*rows
			columnScanner
		}{r, columnScanner{r}}
	},
	NextResultSet | TypeLength | TypePrecisionScale | ColumnScanner: func(r *rows) driver.Rows {
		return struct {
			*rows
			nextResultSet
			typeLength
			typePrecisionScale
			columnScanner
		}{r, nextResultSet{r}, typeLength{r}, typePrecisionScale{r}, columnScanner{r}}
	},
	TypeDatabaseTypeName | TypeNullable | TypeScanType | ColumnScanner: func(r *rows) driver.Rows {
		return struct {
			*rows
			typeDatabaseTypeName
			typeNullable
			typeScanType
			columnScanner
		}{r, typeDatabaseTypeName{r}, typeNullable{r}, typeScanType{r}, columnScanner{r}}
	},
	NextResultSet | TypeDatabaseTypeName | TypeLength | TypeNullable | TypePrecisionScale | TypeScanType | ColumnScanner: func(r *rows) driver.Rows {
		return struct {
			*rows
			nextResultSet
			typeDatabaseTypeName
			typeLength
			typeNullable
			typePrecisionScale
			typeScanType
			columnScanner
		}{r, nextResultSet{r}, typeDatabaseTypeName{r}, typeLength{r}, typeNullable{r}, typePrecisionScale{r}, typeScanType{r}, columnScanner{r}}
	},
}
