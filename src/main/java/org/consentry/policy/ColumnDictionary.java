package org.consentry.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words of column names and what such columns contain, in English, German, Spanish, French,
 * Italian, Portuguese and Dutch. A spelling matches when its words are side by side in the name;
 * one that begins with {@code =} matches the whole name only. The first kind that matches counts,
 * so the order of the list matters.
 */
final class ColumnDictionary {

  private static final List<Entry> ENTRIES =
      List.of(
          entry(
              ColumnKind.EMAIL,
              "email addr, email, e mail, mail address, =mail, correo electronico, correo e, "
                  + "=correo, courriel, posta elettronica, emailadres, mailadresse, electronic mail"),
          entry(
              ColumnKind.IP, "ip addr, ip address, =ip, ipv, ip adresse, adresse ip, direccion ip"),
          entry(
              ColumnKind.DEVICE,
              "device sn, implant sn, "
                  + "implant serial, mac address, serial, serial number, imei, serial no, "
                  + "serial nr, serial num, device id, implant id, udi, device identifier, "
                  + "unique device, production id, seriennummer, serienr, numero serie, "
                  + "numero de serie, serienummer"),
          entry(
              ColumnKind.URL,
              "webpage, web page, "
                  + "url, uri, website, web site, homepage, web address, webseite, sitio web, "
                  + "site web"),
          entry(ColumnKind.FAX, "fax, telefax, faxnummer, numero fax"),
          entry(
              ColumnKind.TELEPHONE,
              "ph home, ph work, ph cell, tel privat, "
                  + "cell no, cell number, contact no, ph no, phone no, telecom, phone, telephone, "
                  + "cell phone, =mobile, =cell, phone number, mobile number, pager, =tel, "
                  + "home phone, work phone, mobile phone, tel no, tel number, mobile no, "
                  + "contact number, tel nr, telefon, telefonnummer, telefonnr, handy, "
                  + "handynummer, handynr, =mobil, mobilnummer, mobiltelefon, festnetz, telefono, "
                  + "=movil, celular, telefone, telemovel, cellulare, =portable, telefoon, "
                  + "telefoonnummer, mobiel, gsm nummer, numero tel, num tel, rufnummer"),
          entry(
              ColumnKind.SOCIAL_SECURITY,
              "social sec, "
                  + "soc sec no, nhsno, newnhsno, cod fisc, codfisc, taxpayer id, ssn, "
                  + "social security, social security number, national id, tax id, "
                  + "social insurance, soc sec, nhs number, nhs no, nino, "
                  + "sozialversicherungsnummer, svnr, sv nummer, sv nr, steuernummer, steuer id, "
                  + "ahv nummer, ahvnr, =dni, =nie, =nif, curp, documento identidad, "
                  + "seguridad social, numero seguridad, =nss, =nir, numero secu, "
                  + "securite sociale, codice fiscale, =cpf, numero cpf, bsn, burgerservicenummer, "
                  + "rijksregisternummer, personalausweis, carta identita"),
          entry(
              ColumnKind.MEDICAL_RECORD,
              "med rec no, med rec nbr, pubpid, mrn, medical record, chart number, chart no, "
                  + "patient number, hospital number, =chart, med rec, hosp no, chart id, emr id, "
                  + "ehr id, empi, record number, patient no, unit number, patientennummer, "
                  + "patientennr, pat nr, historia clinica, numero historia, =nhc, expediente, "
                  + "=ipp, numero dossier, =dossier, cartella clinica, prontuario, patientnummer, "
                  + "dossiernummer, krankenakte, aktennummer"),
          entry(
              ColumnKind.HEALTH_PLAN,
              "mbr id, mbr num, mbr nbr, member nbr, "
                  + "hic no, medicare id, medicaid id, member number, member id, member no, "
                  + "subscriber id, subscriber number, beneficiary, policy number, policy no, "
                  + "insurance number, insurance id, medicare, medicaid, hicn, mbi, policy id, "
                  + "insurance no, subscriber, group number, mem number, subscr num, member num, "
                  + "policy num, group num, subscriber num, versichertennummer, versicherten nr, "
                  + "versichertennr, kvnr, krankenversicherungsnummer, krankenkassennummer, "
                  + "krankenkassennr, versicherungsnummer, numero afiliado, numero poliza, "
                  + "tarjeta sanitaria, carte vitale, numero assure, tessera sanitaria, "
                  + "cartao sus, =cns, polisnummer, verzekeringsnummer, verzekerdennummer"),
          entry(
              ColumnKind.ACCOUNT,
              "account, account number, acct, iban, credit card, card number, bank account, "
                  + "login, username, user name, bill num, bill number, bill no, invoice number, "
                  + "invoice no, kontonummer, numero cuenta, numero compte, rekeningnummer, "
                  + "=konto, kreditkarte"),
          entry(
              ColumnKind.VEHICLE,
              "vin, license plate, licence plate, vehicle, plate, plate number, "
                  + "registration plate, kfz kennzeichen, nummernschild, kenteken, "
                  + "matricula vehiculo, immatriculation"),
          entry(
              ColumnKind.LICENSE,
              "dl num, "
                  + "cert no, lic no, dl no, dl number, licno, license, licence, drivers, "
                  + "certificate number, license number, driver license, drivers license, "
                  + "license no, license num, fuehrerschein, fuhrerschein, licencia conducir, "
                  + "permis conduire, rijbewijs, carta conducao"),
          entry(
              ColumnKind.BIOMETRIC,
              "voice file, finger print, "
                  + "voice id, fingerprint, biometric, voice print, iris scan, retina scan, "
                  + "face template, voice recording, iris code, palm print, fingerabdruck, "
                  + "huella dactilar, empreinte digitale, impronta digitale, vingerafdruk"),
          entry(
              ColumnKind.PHOTOGRAPH,
              "img path, img file, =photo, =photograph, =image, =picture, photo file, "
                  + "photo path, photo name, image file, image path, image name, file name, "
                  + "file path, portrait, face photo, =file, photo id file, face image, "
                  + "facial image, =img, =foto, lichtbild, gesichtsfoto, foto paciente, "
                  + "=fotografia, patient document, dateiname, nombre archivo"),
          entry(
              ColumnKind.OTHER_NUMBER,
              "fin nbr, encounter fin, "
                  + "=identifier, identifier value, facebook, twitter, instagram, linkedin, skype, "
                  + "whatsapp, hesid, desynpuf id, passport, barcode, guid, uuid, accession, "
                  + "accession number, uid, dicom uid, case number, case no, case nr, case id, "
                  + "csn, survey identifier, invite code, person source value, "
                  + "patient source value, subject source value, family source value, "
                  + "member source value, specimen source id, patient ide, encounter ide, =fin, "
                  + "=har, fallnummer, fallnr, fall nr, aktenzeichen, passnummer, reisepass, "
                  + "pasaporte, passeport, passaporto, passaporte, paspoort, numero episodio"),
          entry(
              ColumnKind.EMPLOYER,
              "employer, employer name, company name, workplace, arbeitgeber, empleador, "
                  + "employeur, datore lavoro, empregador, werkgever"),
          entry(
              ColumnKind.OCCUPATION,
              "occupation, job title, profession, =beruf, berufsbezeichnung, ocupacion, "
                  + "profesion, oficio, =metier, professione, profissao, ocupacao, beroep"),
          entry(
              ColumnKind.PROVIDER,
              "npi, staff id, prac id, provider, surgeon, physician, doctor, nurse, "
                  + "practitioner, therapist, attending, clinician, caregiver, =npi, =dea, "
                  + "prov id, prov name, pcp, arzt, hausarzt, behandler, operateur, medico, "
                  + "cirujano, medecin, chirurgien, chirurgo, cirurgiao, enfermera, huisarts, "
                  + "=arts, behandelaar, provider npi"),
          entry(
              ColumnKind.NAME,
              "full nm, nm first, nm last, "
                  + "name first, name last, name middle, name family, name given, name full, "
                  + "policy holder, policyholder, middle initial, middle init, mid init, =mi, "
                  + "nom usage, last name, first name, middle name, maiden name, family name, "
                  + "given name, surname, forename, maiden, full name, patient name, nickname, "
                  + "alias, initials, contact name, emergency contact, owner name, kin, guardian, "
                  + "spouse name, mother name, father name, guarantor name, subscriber name, "
                  + "legal name, preferred name, l name, f name, m name, last nm, first nm, "
                  + "middle nm, pt name, next of kin, nok, aka, guarantor, =given, =family, "
                  + "=spouse, =mother, =father, =partner, relative name, =name, =names, =first, "
                  + "=last, =middle, =prefix, =suffix, name suffix, name prefix, subscr name, "
                  + "lname, fname, mname"),
          entry(
              ColumnKind.NAME,
              "voorvoegsel, vorname, nachname, familienname, zuname, geburtsname, rufname, "
                  + "maedchenname, madchenname, patientenname, apellido, apellidos, =nombre, "
                  + "=nombres, nombre paciente, nombre completo, primer nombre, segundo nombre, "
                  + "nombre madre, nombre padre, prenom, prenoms, =nom, nom famille, "
                  + "nom de famille, nom naissance, nom usuel, nom patient, nom complet, "
                  + "nom jeune, cognome, =nome, nome paziente, nome paciente, nome completo, "
                  + "nome mae, sobrenome, apelido, voornaam, voornamen, achternaam, =naam, "
                  + "roepnaam, meisjesnaam, voorletters, familienaam, geboortenaam, patientnaam"),
          entry(
              ColumnKind.ZIP,
              "postdist, post dist, zipcode, zip, zip code, postal code, post code, zcta, "
                  + "postal, zip cd, state city zip, plz, postleitzahl, codigo postal, cod postal, "
                  + "code postal, codice postale, =cap, =cep, postcode, cod post"),
          entry(
              ColumnKind.AREA,
              "birth place, place of birth, birth city, geburtsort, lugar nacimiento, "
                  + "lugar de nacimiento, lieu naissance, lieu de naissance, luogo nascita, "
                  + "luogo di nascita, local nascimento, geboorteplaats, address county"),
          entry(ColumnKind.TOWN, "address city, address town"),
          entry(ColumnKind.DATE, "address period, address start, address end"),
          entry(
              ColumnKind.STREET,
              "x coordinate, y coordinate, "
                  + "po box, =apt, home add, home lat, home lon, home long, gps lat, gps lon, "
                  + "gps long, lat long, x coord, y coord, coord, =naw, address, street, "
                  + "street address, addr, house number, add line, tmp add, latitude, longitude, "
                  + "=lat, =lon, =lng, geocode, geohash, gps, coordinates, apartment, strasse, "
                  + "strassenname, =str, anschrift, wohnadresse, adresse, hausnummer, hausnr, "
                  + "direccion, domicilio, =calle, nombre calle, =rue, nom rue, indirizzo, =via, "
                  + "endereco, morada, =rua, logradouro, =adres, woonadres, straat, straatnaam, "
                  + "huisnummer, huisnr, latitud, longitud, breitengrad, langengrad, coordenadas"),
          entry(
              ColumnKind.TOWN,
              "=plaats, city, town, village, municipality, wohnort, =ort, =stadt, gemeinde, "
                  + "ciudad, localidad, =ville, citta, comune, cidade, woonplaats, plaatsnaam, "
                  + "gemeente, localita"),
          entry(
              ColumnKind.AREA,
              "census tract, lsoa, msoa, county, precinct, borough, district, fips, tract, "
                  + "census block, neighborhood, neighbourhood, parish, suburb, locality, ward, "
                  + "block group, msa, cbsa, residence, domicile, hometown, home town, township, "
                  + "metro, metro area, metropolitan area, commune, hamlet, catchment area, "
                  + "geo id, puma, cbg, landkreis, bezirk, stadtteil, =kreis, provincia, "
                  + "municipio, departement, arrondissement, =quartier, bairro, =barrio, "
                  + "provincie, =wijk"),
          entry(
              ColumnKind.BIRTH,
              "birth dtc, brthdtc, brthdt, pt dob, birth date, date of birth, dob, birthday, "
                  + "born on, birth year, year of birth, birth time, birth month, birth dt, "
                  + "b date, yob, birth yr, =birth, =born, month of birth, day of birth, "
                  + "time of birth, hour of birth, quarter of birth, week of birth, birth day, "
                  + "birth hour, birth quarter, birth week, birth mon, birth mo, b month, b day, "
                  + "b year, mob, birth datetime, birth dttm, birth dts, birth timestamp"),
          entry(
              ColumnKind.BIRTH,
              "geboren am, "
                  + "geboortedat, date nais, dtnaiss, data nascita, geburtsdatum, geburtstag, "
                  + "geburtsjahr, geburtsmonat, geburtszeit, =geburt, gebdatum, gebdat, geb datum, "
                  + "geb dat, =geboren, =gebjahr, nacimiento, fnac, f nac, fecnac, fec nac, "
                  + "naissance, =ddn, nascita, nascimento, dt nasc, dtnasc, data nasc, "
                  + "geboortedatum, geboortejaar, geboortedag, =geboorte, gebjr"),
          entry(
              ColumnKind.AGE,
              "alter in, age, =alter, patientenalter, alter bei, alter jahre, =edad, "
                  + "edad paciente, edad anos, =eta, eta paziente, eta anni, =idade, "
                  + "idade paciente, leeftijd"),
          entry(
              ColumnKind.DATE,
              "last contact, last seen, =time in, =time out, =issued, dtc, d c time, date, "
                  + "datetime, timestamp, dod, deceased on, dt, dttm, dtm, dts, day of death, "
                  + "time of death, =start, =stop, =end, =begin, =when, day of week, weekday, "
                  + "time of day, dow, day name, dos, day of service, =admission, =admit, "
                  + "=discharge, =death, =died, start time, end time, arrival time, "
                  + "admission time, check in time, check out time, time stamp, tstamp, =ts, "
                  + "=time, epoch, doy, date time, clock time, period start, period end, "
                  + "order inst, instant, death year, year of death, death month"),
          entry(
              ColumnKind.DATE,
              "uhrzeit, =zeit, zeitpunkt, zeitstempel, todestag, verstorben am, aufnahmetag, "
                  + "entlasstag, wochentag, =monat, =woche, =tag, =aufnahme, =entlassung, fecha, "
                  + "=hora, hora ingreso, hora alta, fallecimiento, defuncion, dia semana, =mes, "
                  + "heure, =deces, jour semaine, =mois, =jour, date deces, =ora, orario, decesso, "
                  + "giorno settimana, =mese, =giorno, data ricovero, data dimissione, "
                  + "data visita, data intervento, data prelievo, data ingresso, data uscita, "
                  + "data morte, data ora, data internacao, data alta, data obito, data consulta, "
                  + "data cirurgia, data entrada, data saida, data atendimento, data exame, "
                  + "data coleta, obito, =data, tijd, tijdstip, overlijden, overleden op, =maand, "
                  + "weekdag, =dag, opnamedag"),
          entry(
              ColumnKind.FREE_TEXT,
              "=text, =txt, free txt, full text, reason text, impression, findings, other specify, "
                  + "note, notes, comment, comments, narrative, remark, remarks, memo, free text, "
                  + "dictation, hpi, history of present illness, snippet, blob, report text, "
                  + "address text, transcription, discharge summary, progress note, "
                  + "operative report, op report, cmt, =chief complaint, cmnt"),
          entry(
              ColumnKind.FREE_TEXT,
              "befund, befundtext, diagnosetext, "
                  + "bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, freitext, notiz, "
                  + "notizen, arztbrief, anamnese, epikrise, verlaufsnotiz, observaciones, "
                  + "comentario, comentarios, =notas, anotaciones, texto libre, anamnesis, "
                  + "remarque, remarques, commentaire, commentaires, texte libre, compte rendu, "
                  + "osservazioni, commento, commenti, testo libero, anamnesi, observacoes, "
                  + "texto livre, opmerking, opmerkingen, toelichting, vrije tekst, aantekeningen"));

  /** Where the first entry is that has these words as a spelling, by the words. */
  private static final Map<List<String>, Integer> WITHIN = new HashMap<>();

  /** The same for spellings that are whole names. */
  private static final Map<List<String>, Integer> WHOLE = new HashMap<>();

  static {
    for (int at = 0; at < ENTRIES.size(); at++) {
      for (String spelling : ENTRIES.get(at).spellings()) {
        boolean isWhole = spelling.startsWith("=");
        String words = isWhole ? spelling.substring(1) : spelling;
        Map<List<String>, Integer> index = isWhole ? WHOLE : WITHIN;
        index.putIfAbsent(List.of(words.split(" ")), at);
        index.putIfAbsent(List.of(words.replace(" ", "")), at);
      }
    }
  }

  private ColumnDictionary() {}

  private static Entry entry(ColumnKind kind, String spellings) {
    return new Entry(kind, List.of(spellings.split(", ")));
  }

  /** The first kind that has a spelling in these words, apart or as one word. */
  static Optional<ColumnKind> kindOf(List<String> words) {
    int first = WHOLE.getOrDefault(words, ENTRIES.size());
    for (int from = 0; from < words.size(); from++) {
      for (int to = from + 1; to <= words.size(); to++) {
        first = Math.min(first, WITHIN.getOrDefault(words.subList(from, to), ENTRIES.size()));
      }
    }
    return first < ENTRIES.size() ? Optional.of(ENTRIES.get(first).kind()) : Optional.empty();
  }

  /** Spellings of one kind. */
  private record Entry(ColumnKind kind, List<String> spellings) {}
}
